import type { FlagGroup } from '../command.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { numberIn, wholeNumber } from '../values/number.js';

/** The option of every command whose work threads can share. */
export const PERFORMANCE: FlagGroup = {
  title: 'Performance',
  flags: [
    {
      name: 'threads',
      value: 'N',
      text: "Threads to use for large files. Never changes a digit of the result. Default: the machine's cores.",
    },
  ],
};

/** The number of threads that was given; null for the default. @throws UsageError naming the value */
export function threadsGiven(given: ParsedArguments): number | null {
  return given.parsed('threads', numberIn(wholeNumber(1, 1024)), null);
}
