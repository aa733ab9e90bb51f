import { expect } from 'chai';
import { memoryBytes } from '../../src/csv/bytes/stored-bytes.js';
import type { Column, Table } from '../../src/csv/columns/table.js';
import { readPlain } from '../../src/csv/compiled/read.js';
import type { Sizes } from '../../src/csv/compiled/sizes.js';
import { ColumnRules } from '../../src/csv/dialect/column-rules.js';
import { resolveDialect } from '../../src/csv/dialect/dialect.js';
import { type ByteSource, type CsvOptions, readCsv } from '../../src/csv/read-csv.js';
import { Engine } from '../../src/runtime/engine.js';
import { failure, inputOf, linesOf } from './tables.js';

/** Engines of one, two and three threads, made at first need. */
export class Engines {
  private readonly engines = new Map<number, Engine>();

  of(threads: number): Engine {
    const engine = this.engines.get(threads) ?? new Engine(threads).startThreads();
    this.engines.set(threads, engine);
    return engine;
  }

  close(): void {
    for (const engine of this.engines.values()) engine.close();
    this.engines.clear();
  }
}

/** A column with its numbers as bits. */
function exact(column: Column): unknown {
  if (column.kind !== 'numeric') return column;
  const values = Float64Array.from(column.values, (value) => (Number.isNaN(value) ? Number.NaN : value));
  return { ...column, values: new BigUint64Array(values.buffer) };
}

/** Everything about a table. */
export function exactTable(table: Table): unknown {
  return { ...table, columns: table.columns.map(exact), lineOf: linesOf(table) };
}

/** The table by the fast lane alone; null when it declines. */
export function readFast(
  content: Uint8Array | string,
  options: CsvOptions,
  engine: Engine,
  sizes?: Sizes,
): Promise<Table | null> {
  const dialect = resolveDialect(options);
  const request = {
    source: 't.csv',
    dialect,
    rules: new ColumnRules(options, dialect.decimal),
    text: new Set(options.text),
  };
  return readPlain(memoryBytes([Buffer.from(content as string)]), request, engine, sizes);
}

/** The same bytes as an input that small plain files are read from line by line. */
function storedInput(content: Uint8Array | string): ByteSource {
  const bytes = Buffer.from(content as string);
  return { ...inputOf(content), stored: async () => memoryBytes([bytes]) };
}

/**
 * Reads by all lanes and demands the same table; where csv-parse finds a fault the fast lane must decline, and the lane of small
 * files say the same. Returns whether the fast lane was taken.
 */
export async function compareLanes(
  content: Uint8Array | string,
  options: CsvOptions,
  engine: Engine,
  sizes?: Sizes,
): Promise<boolean> {
  const fast = await readFast(content, options, engine, sizes);
  let slow: Table;
  try {
    slow = await readCsv(inputOf(content), options);
  } catch (error) {
    expect(await failure(readCsv(storedInput(content), options))).to.deep.equal(error);
    expect(fast, `declined, because of: ${error}`).to.equal(null);
    return false;
  }
  expect(exactTable(await readCsv(storedInput(content), options))).to.deep.equal(exactTable(slow));
  if (fast !== null) expect(exactTable(fast)).to.deep.equal(exactTable(slow));
  return fast !== null;
}
