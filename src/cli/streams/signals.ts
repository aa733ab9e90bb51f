import { EXIT } from '../exit-codes.js';

/** The signals that end a command, and the exit code of each: 128 plus the number of the signal. */
export const SIGNALS = { SIGHUP: EXIT.hungUp, SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;
export type EndingSignal = keyof typeof SIGNALS;

/**
 * Calls `handle` when one of these signals comes, instead of the system's default reaction, which ends the process.
 *
 * Only for a thread that returns to its event loop: while a loop computes, no handler can run, and the signal would be lost.
 *
 * @returns a function that removes the handlers
 */
export function onSignals(handle: (signal: EndingSignal) => void): () => void {
  const names = Object.keys(SIGNALS) as EndingSignal[];
  for (const name of names) process.on(name, handle);
  return () => {
    for (const name of names) process.off(name, handle);
  };
}
