import { DataError, ShrinkfitError, UsageError } from '../errors.js';

/** Phrases of the command line, and their form in the library. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/(shrinkfit )?fit --save/g, 'saveModel'],
  [/fit --json/g, 'fit'],
  [/--lambda FROM:TO:COUNT/g, 'a list of lambdas'],
  [/(--)?lambda-min-ratio/g, 'lambda.minRatio'],
  [/(--lambda-|lambda )count/g, 'lambda.count'],
  [/--(na|delimiter|quote|comment|decimal|encoding)\b/g, 'csv.$1'],
  [/--test-file/g, 'testData'],
  [/--no-header/g, 'csv.header: false'],
];

/** A quoted name or cell, which is data and stays unchanged; or a flag. */
const QUOTED_OR_FLAG = /"(?:[^"\\]|\\.)*"|--(no-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/g;

const QUOTED_OR_TEXT = /("(?:[^"\\]|\\.)*")/;

/** A message with names of options instead of flags: `--max-levels` is `maxLevels`, `--no-intercept` is `intercept: false`. */
export function inOptionWords(message: string): string {
  const phrased = message
    .split(QUOTED_OR_TEXT)
    .map((part, k) =>
      k % 2 === 1 ? part : PHRASES.reduce((text, [from, to]) => text.replace(from, to), part),
    )
    .join('');
  return phrased.replace(QUOTED_OR_FLAG, (all, no: string | undefined, flag: string | undefined) => {
    if (flag === undefined) return all;
    const option = flag.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    return no === undefined ? option : `${option}: false`;
  });
}

/** The same for the message of an expected error; anything else is a bug and stays unchanged. */
function reworded(error: unknown): unknown {
  if (!(error instanceof ShrinkfitError)) return error;
  const message = inOptionWords(error.message);
  if (message === error.message) return error;
  return error.kind === 'usage' ? new UsageError(message) : new DataError(message);
}

/** Runs the work of a public function; its errors name options instead of flags. */
export async function said<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw reworded(error);
  }
}

/** The same for synchronous work. */
export function saidAtOnce<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw reworded(error);
  }
}

/** Warnings that name options instead of flags. */
export function rewordedAll<T extends { readonly message: string }>(warnings: readonly T[]): T[] {
  return warnings.map((warning) => ({ ...warning, message: inOptionWords(warning.message) }));
}
