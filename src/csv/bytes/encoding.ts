export const ENCODINGS = ['utf-8', 'utf-16le', 'windows-1252', 'cp1252', 'latin1'] as const;

/**
 * How the bytes of a file spell characters; a byte order mark in the file overrules it. The last three are one encoding: `latin1` means
 * windows-1252 in every browser, for files that say so come from Windows (https://encoding.spec.whatwg.org/#names-and-labels).
 */
export type Encoding = (typeof ENCODINGS)[number];

/** Bytes 0x80 to 0x9f (https://encoding.spec.whatwg.org/index-windows-1252.txt); all others are ISO 8859-1. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** By the table and not by TextDecoder, which some versions of Node give ISO 8859-1 for this name. */
export async function* fromWindows1252(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const character = (control: string) => WINDOWS_1252[control.charCodeAt(0) - 0x80];
  for await (const chunk of bytes) {
    yield Buffer.from(
      Buffer.from(chunk)
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, character),
    );
  }
}
