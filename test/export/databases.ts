import { createRequire } from 'node:module';
import type { SqlDialectName } from '../../src/export/export-request.js';
import type { Answer, Cell, Columns } from './rows.js';

/** A database that holds one table at a time. */
export interface Database {
  /** Makes the table anew, its columns named and quoted as the engine wants it, with the rows in it. */
  load(table: string, columns: Columns): Promise<void>;
  /** Rows of a query, cells by position. */
  query(sql: string): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** Rows for one insert: engines bound the number of parameters. */
const AT_ONCE = 500;

/** Starts an engine; null where its package cannot be loaded on this machine. */
export async function openDatabase(dialect: SqlDialectName): Promise<Database | null> {
  const open = {
    postgres: openPostgres,
    duckdb: openDuckdb,
    sqlite: openSqlite,
    clickhouse: async () => null,
  };
  return open[dialect]().catch((error: Error) => {
    if (/Cannot find (module|package)|not supported/i.test(error.message)) return null;
    throw error;
  });
}

interface Engine {
  readonly quote: string;
  readonly types: { readonly numeric: string; readonly text: string };
  run(sql: string): Promise<void>;
}

const isText = (cells: readonly Cell[]): boolean => cells.some((cell) => typeof cell === 'string');

/** Values are written as literals of the engine, in its plainest form. */
async function load(engine: Engine, table: string, columns: Columns, text: (value: string) => string) {
  const quoted = (name: string) =>
    engine.quote + name.replaceAll(engine.quote, engine.quote.repeat(2)) + engine.quote;
  const types = columns.cells.map((cells) => engine.types[isText(cells) ? 'text' : 'numeric']);
  await engine.run(`DROP TABLE IF EXISTS ${quoted(table)}`);
  const columnList = columns.names.map((name, j) => `${quoted(name)} ${types[j]}`);
  await engine.run(`CREATE TABLE ${quoted(table)} (${[...columnList, 'row_number INTEGER'].join(', ')})`);
  const cell = (value: Cell) =>
    value === null ? 'NULL' : typeof value === 'string' ? text(value) : number(value);
  for (let from = 0; from < columns.rows; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, columns.rows - from);
    const rows = Array.from(
      { length: count },
      (_, k) => `(${[...columns.cells.map((cells) => cell(cells[from + k])), from + k].join(', ')})`,
    );
    await engine.run(`INSERT INTO ${quoted(table)} VALUES ${rows.join(', ')}`);
  }
}

const number = (x: number): string => `'${x}'`;
const plain = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function openPostgres(): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pg = await PGlite.create();
  await pg.exec('SET standard_conforming_strings = on');
  const engine: Engine = {
    quote: '"',
    types: { numeric: 'double precision', text: 'text' },
    run: async (sql) => void (await pg.exec(sql)),
  };
  return {
    load: (table, columns) => load(engine, table, columns, plain),
    query: async (sql) => (await pg.query<unknown[]>(sql, [], { rowMode: 'array' })).rows,
    close: () => pg.close(),
  };
}

async function openDuckdb(): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const engine: Engine = {
    quote: '"',
    types: { numeric: 'DOUBLE', text: 'VARCHAR' },
    run: async (sql) => void (await connection.run(sql)),
  };
  return {
    load: (table, columns) => load(engine, table, columns, plain),
    query: async (sql) => (await connection.runAndReadAll(sql)).getRows() as unknown[][],
    close: async () => connection.closeSync(),
  };
}

async function openSqlite(): Promise<Database> {
  const initSqlJs = createRequire(import.meta.url)('sql.js');
  const { Database: Memory } = await initSqlJs({ useOldExtensionFunctions: false });
  const database = new Memory();
  return {
    // The affinity REAL turns text into numbers, but not always into the nearest: numbers go in by parameters.
    load: async (table, { names, cells, rows }) => {
      const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
      database.run(`DROP TABLE IF EXISTS ${quoted(table)}`);
      const types = cells.map((column) => (isText(column) ? 'TEXT COLLATE NOCASE' : 'REAL'));
      const columnList = names.map((name, j) => `${quoted(name)} ${types[j]}`);
      database.run(`CREATE TABLE ${quoted(table)} (${[...columnList, 'row_number INTEGER'].join(', ')})`);
      const insert = database.prepare(
        `INSERT INTO ${quoted(table)} VALUES (${[...names, ''].map(() => '?').join(', ')})`,
      );
      for (let i = 0; i < rows; i++) insert.run([...cells.map((column) => column[i]), i]);
      insert.free();
    },
    query: async (sql) => database.exec(sql)[0]?.values ?? [],
    close: async () => database.close(),
  };
}

/** The last columns of a query as answers, in the order of the table. */
export function answersOf(rows: readonly unknown[][], family: 'gaussian' | 'binomial'): Answer[] {
  const width = family === 'gaussian' ? 1 : 2;
  const rowNumber = (row: readonly unknown[]) => Number(row[row.length - width - 1]);
  const sorted = [...rows].sort((a, b) => rowNumber(a) - rowNumber(b));
  return sorted.map((row) => {
    const figure = row[row.length - width] as number | null;
    if (family === 'gaussian') return { prediction: figure };
    return { probability: figure, class: row[row.length - 1] as string | null };
  });
}
