/** A value from the command line as it appears in a message: in quotes, escaped, and cut when it is very long. */
export function shown(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(cut);
}
