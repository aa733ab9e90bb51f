import type { Shown } from '../report/render.js';
import type { Terminal } from './streams/terminal.js';
import { writeResult } from './streams/write-result.js';

/** Writes the result of a command to standard output. The renderer is loaded here, after the work is done. */
export async function show<C extends keyof Shown>(
  command: C,
  result: Shown[C][0],
  options: Shown[C][1],
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<void> {
  const { render } = await import('../report/render.js');
  await writeResult(stdout, await render(command, result, options));
}
