import { visible } from '../../visible.js';

/** A message as lines for standard error, each prefixed, so that none can begin a workflow command (`::error`). */
export function prefixed(text: string): string {
  const lines = text.split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map((line) => `shrinkfit: ${visible(line)}\n`).join('');
}

/** Writes a message to standard error. */
export function tell(stderr: NodeJS.WritableStream, text: string): void {
  stderr.write(prefixed(text));
}
