import { DataError, shortageIn } from '../../errors.js';
import type { Engine } from '../../runtime/engine.js';
import type { StoredBytes } from '../bytes/stored-bytes.js';
import type { Table } from '../columns/table.js';
import { NotPlain } from './not-plain.js';
import { type PlainRequest, planPlain } from './plan.js';
import { PlainReader } from './reader.js';
import { type Sizes, sizesOf } from './sizes.js';

/**
 * Reads a plain CSV file by the compiled kernels: the same table as csv-parse, bit for bit; null if that is not certain, and for every
 * fault, so that all error messages come from one place.
 *
 * Plain is: UTF-8, a delimiter of one ASCII character, line feeds with or without carriage return, the same number of
 * cells in every line, no comments, no blank lines but at the end, and quoted cells without quotes or line ends inside.
 *
 * Cost: the file is read once, at memory speed; one window is read while the previous one is parsed. Memory: 8 bytes a number, 4 a text
 * cell, and two windows of 4 MiB or so.
 *
 * @param engine owns the memory of the numbers
 * @param sizes for tests: how the text is divided
 */
export async function readPlain(
  bytes: StoredBytes,
  request: PlainRequest,
  engine: Engine,
  sizes?: Sizes,
): Promise<Table | null> {
  try {
    const plan = await planPlain(bytes, request);
    const chosen = sizes ?? sizesOf(plan.names.length, plan.lineBytes);
    return new PlainReader(bytes, plan, request, engine, chosen).read();
  } catch (error) {
    if (meansNotPlain(error)) return null;
    throw error;
  }
}

/** A header that is refused, a file that cannot be read. */
function meansNotPlain(error: unknown): boolean {
  // A file that is too large for the kernels is too large for csv-parse.
  if (shortageIn(error) !== null) return false;
  const isSystem = error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
  return error instanceof NotPlain || error instanceof DataError || error instanceof RangeError || isSystem;
}
