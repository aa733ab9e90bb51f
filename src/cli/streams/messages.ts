/**
 * Text that may hold data from a file, made safe to show: control characters and those that reorder text are escaped,
 * new lines are kept, and `##[`, which starts a workflow command anywhere in a line of a GitHub log, is broken up.
 */
export function harmless(text: string): string {
  return text
    .replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, escaped)
    .replaceAll('##[', '#\\x23[');
}

function escaped(character: string): string {
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A message as lines for standard error, each prefixed, so that none can begin a workflow command (`::error`). */
export function prefixed(text: string): string {
  const lines = harmless(text).replace(/\n+$/, '').split('\n');
  return lines.map((line) => `shrinkfit: ${line}\n`).join('');
}

/** Writes a message to standard error. */
export function tell(stderr: NodeJS.WritableStream, text: string): void {
  stderr.write(prefixed(text));
}
