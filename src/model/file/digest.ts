import { createHash, type Hash } from 'node:crypto';
import type { Column, Table } from '../../csv/columns/table.js';
import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';

/** Cells hashed at a time. */
const BLOCK = 16_384;

/**
 * A digest of some columns of a table: of the values of the cells, not of how they are written: quoting, line ends, compression, the order
 * of the columns and unused columns do not change it. Rows count in their order.
 * @returns `sha256:` and 64 hexadecimal digits
 * @throws DataError where a column is not there, or has cells that could not be read
 */
export function tableDigest(table: Table, names: readonly string[]): string {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const hash = createHash('sha256');
  hash.update(`${table.rows}\n`);
  for (const name of names) addColumn(hash, byName.get(name), name, table.source);
  return `sha256:${hash.digest('hex')}`;
}

/** The columns that a fit reads, in the order of the digest: target, weights, offset, then those of the features. */
export function digestedColumns(
  { target, weights, offset }: Pick<Model['options'], 'target' | 'weights' | 'offset'>,
  featureColumns: readonly { readonly name: string }[],
): string[] {
  const roles = [target, weights, offset].filter((name) => name !== null);
  return [...roles, ...featureColumns.map(({ name }) => name)];
}

/** The {@link tableDigest} that a table has if it is the one a model was trained on. @throws DataError as there */
export function trainingDigest({ options, columns }: Model, table: Table): string {
  return tableDigest(table, digestedColumns(options, columns));
}

function addColumn(hash: Hash, column: Column | undefined, name: string, source: string): void {
  if (column === undefined || column.kind === 'dirty') {
    throw new DataError(`${source}: column ${shown(name)} is missing, or not made of numbers`);
  }
  // A name or a level may hold any character: its JSON ends where it ends.
  hash.update(`${column.kind} ${JSON.stringify(name)}\n`);
  if (column.kind === 'numeric') {
    addNumbers(hash, column.values);
    return;
  }
  hash.update(`${JSON.stringify(column.levels)}\n`);
  addNumbers(hash, column.codes);
}

/** The numbers as little-endian doubles, with one pattern for all NaN and one for both zeros. */
function addNumbers(hash: Hash, numbers: Float64Array | Int32Array): void {
  const bytes = new DataView(new ArrayBuffer(8 * BLOCK));
  for (let from = 0; from < numbers.length; from += BLOCK) {
    const count = Math.min(BLOCK, numbers.length - from);
    for (let i = 0; i < count; i++) {
      const value = numbers[from + i];
      bytes.setFloat64(8 * i, Number.isNaN(value) ? Number.NaN : value + 0, true);
    }
    hash.update(new Uint8Array(bytes.buffer, 0, 8 * count));
  }
}
