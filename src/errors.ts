/**
 * All expected errors. Any other exception is a bug in shrinkfit (exit code 70).
 *
 * A message says what is wrong, where (file:line, column), the value, and the remedy.
 */

/** The kind of error; the command line maps it to an exit code. */
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

/** There is not enough memory. Callers that know rows and features add them to the message. */
export class NoRoom extends DataError {
  /** @param needed bytes; @param most bytes that there may be */
  constructor(needed: number, most: number) {
    super(`not enough memory: ${gigabytes(needed)} are needed at once, of ${gigabytes(most)}; ${FEWER}`);
  }
}

const FEWER = 'use fewer rows, or fewer columns (--features, --exclude)';

/** The errors of V8 and node for a lack of memory, or for an array, string or map that would be too large. */
const SHORTAGE =
  /allocation failed|could not allocate|invalid (typed )?array length|invalid (array )?buffer length|invalid string length|(map|set) maximum size exceeded|string longer than/i;
const SHORTAGE_CODES = new Set([
  'ENOMEM',
  'ERR_BUFFER_TOO_LARGE',
  'ERR_FS_FILE_TOO_LARGE',
  'ERR_MEMORY_ALLOCATION_FAILED',
  'ERR_STRING_TOO_LONG',
  'ERR_WORKER_OUT_OF_MEMORY',
]);

/** The error for data that are too large for the memory; null for any other error. */
export function shortageIn(error: unknown): DataError | null {
  if (error instanceof NoRoom) return error;
  if (!(error instanceof Error) || error instanceof ShrinkfitError) return null;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isShortage =
    SHORTAGE_CODES.has(code) || (error instanceof RangeError && SHORTAGE.test(error.message));
  return isShortage ? new DataError(`not enough memory: ${error.message}; ${FEWER}`) : null;
}

/** Bytes as people read them: 0.05 GB, 3.2 GB. */
export function gigabytes(bytes: number): string {
  const amount = bytes / 1e9;
  return `${amount < 1 ? Math.ceil(100 * amount) / 100 : Math.ceil(10 * amount) / 10} GB`;
}
