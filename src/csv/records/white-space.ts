/** White space beyond ASCII, as UTF-8: what String.trim removes, besides what `isAsciiSpace` knows. */
const WIDE_SPACES: readonly Buffer[] = [
  ...'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
].map((space) => Buffer.from(space));

/** How many bytes of white space begin at a place: 0 for none, up to 3. */
export function spaceAt(text: Uint8Array, at: number): number {
  const byte = text[at];
  if (byte < 0x80) return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) ? 1 : 0;
  if (byte !== 0xc2 && byte !== 0xe1 && byte !== 0xe2 && byte !== 0xe3 && byte !== 0xef) return 0;
  return WIDE_SPACES.find((space) => matchesAt(text, at, space))?.length ?? 0;
}

/** Whether the bytes of a mark are at a position. */
export function matchesAt(text: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let k = 0; k < mark.length; k++) if (text[at + k] !== mark[k]) return false;
  return true;
}
