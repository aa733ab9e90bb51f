const MAX_SHOWN = 60;

/** How messages name a place in a file. */
export function place(source: string, line: number, column?: string): string {
  const position = `${source}:${line}`;
  return column === undefined ? position : `${position}: column ${shown(column)}`;
}

/** Untrusted text for a message: quoted, control characters escaped, shortened when long. */
export function shown(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return JSON.stringify(short);
}
