const LONGEST = 200;

/** An expression or a name inside a message: quoted, escaped, and cut when it is very long. */
export function inMessage(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);
}
