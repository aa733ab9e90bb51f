/**
 * Every expected failure, a closed set. Anything else that is thrown is a bug in shrinkfit (exit code 70).
 *
 * A message says what is wrong, where (file:line, column), the value, and the remedy.
 */

/** What kind of failure it is; the command line turns it into an exit code. */
export type FailureKind = 'usage' | 'data';

/** Base of all expected failures. */
export abstract class ShrinkfitError extends Error {
  abstract readonly kind: FailureKind;
}

/** An option, a command or an expression is wrong. Exit code 2. */
export class UsageError extends ShrinkfitError {
  override readonly name = 'UsageError';
  readonly kind = 'usage';
}

/** A file cannot be read, is malformed, or cannot support the fit. Exit code 3. */
export class DataError extends ShrinkfitError {
  override readonly name = 'DataError';
  readonly kind = 'data';
}
