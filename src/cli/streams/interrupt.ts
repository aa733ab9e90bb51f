import { EXIT } from '../exit-codes.js';

/**
 * Runs work that waits for input so that Ctrl-C ends it quietly with 130.
 *
 * The handler is taken away afterwards: while a loop computes, no handler could run, and the system's own reaction to
 * the signal ends the process at once (a shell reports that as 130 too).
 */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  const quit = () => process.exit(EXIT.interrupted);
  process.once('SIGINT', quit);
  try {
    return await work();
  } finally {
    process.off('SIGINT', quit);
  }
}
