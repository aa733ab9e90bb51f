/** Thrown where a file cannot be proved plain. It never leaves `readPlain`: the file is then read by csv-parse. */
export class NotPlain extends Error {}

/** Throws NotPlain unless the condition holds. */
export function mustBePlain(condition: boolean): asserts condition {
  if (!condition) throw new NotPlain();
}
