import type { Column, NumericColumn, Table, TextColumn } from '../csv/columns/table.js';
import { DataError, UsageError } from '../errors.js';
import { noColumn } from '../near-miss.js';
import { shown } from '../visible.js';
import type { UsableColumn } from './encode.js';
import { matchColumns } from './match-columns.js';
import { notationOf } from './written-numbers.js';

/** The role of each column, as requested. */
export interface ColumnRequest {
  readonly target: string;
  readonly weights: string | null;
  readonly offset: string | null;
  readonly features: readonly string[] | null;
  readonly exclude: readonly string[];
  /** Columns that hold categories whatever they look like. */
  readonly categorical: readonly string[];
  readonly maxLevels: number;
}

/** The role of each column, found and usable. */
export interface ChosenColumns {
  readonly target: UsableColumn;
  readonly weights: NumericColumn | null;
  readonly offset: NumericColumn | null;
  /** In the file's order. */
  readonly features: readonly UsableColumn[];
  /** Columns that cannot be features and are left out, each with its reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Finds the columns a fit uses.
 * @throws UsageError for a name that does not exist or has two roles; DataError for a column that cannot have its role
 */
export function chooseColumns(table: Table, request: ColumnRequest): ChosenColumns {
  const names = table.columns.map((column) => column.name);
  refuseTwoParts(request);
  refuseDoubled(table, request);
  const target = usable(table, findColumn(table, request.target, '--target'));
  const weights = numbersOf(table, request.weights, '--weights');
  const offset = numbersOf(table, request.offset, '--offset');
  const taken = new Set([request.target, request.weights, request.offset]);
  const asked = matchColumns(request.features ?? ['*'], names, '--features');
  for (const name of request.features ?? []) {
    if (taken.has(name)) {
      throw new UsageError(`--features ${shown(name)}: this column is already the target, weights or offset`);
    }
  }
  const excluded = matchColumns(request.exclude, names, '--exclude');
  const candidates = table.columns.filter(
    ({ name }) => asked.has(name) && !taken.has(name) && !excluded.has(name),
  );
  const named = new Set([...(request.features ?? []), ...request.categorical]);
  const nameless = new Set(table.header?.nameless);
  const leftOut: { name: string; reason: string }[] = [];
  const features: UsableColumn[] = [];
  for (const candidate of candidates) {
    const column = usable(table, candidate);
    const label = named.has(column.name) ? null : labelReason(column, nameless);
    const reason = label ?? unusableReason(column, table.rows, request.maxLevels);
    if (reason === null) features.push(column);
    else leftOut.push({ name: column.name, reason });
  }
  if (features.length === 0) throw new DataError(noFeature(table, leftOut));
  return { target, weights, offset, features, leftOut };
}

function noFeature({ source }: Table, leftOut: ChosenColumns['leftOut']): string {
  const named = leftOut
    .slice(0, 3)
    .map(({ name, reason }) => `; column ${shown(name)} is left out: ${reason}`);
  return `${source}: no column is left as a feature${named.join('')}; check --features and --exclude`;
}

function refuseTwoParts({ target, weights, offset }: ColumnRequest): void {
  const twice = weights === target || weights === offset ? weights : offset === target ? offset : null;
  if (twice === null) return;
  const flag = twice === weights ? '--weights' : '--offset';
  const other = twice === target ? 'target' : 'offset';
  throw new UsageError(`${flag} ${shown(twice)}: this column is already the ${other}`);
}

/** A name that two columns have could mean either: nobody should have to guess which one was fitted. */
function refuseDoubled(table: Table, { target, weights, offset }: ColumnRequest): void {
  for (const [flag, name] of [
    ['--target', target],
    ['--weights', weights],
    ['--offset', offset],
  ] as const) {
    if (name === null || !table.header?.doubled.has(name)) continue;
    throw new DataError(
      `${table.source}: ${flag} ${shown(name)}: more than one column has this name; rename one of them in the file`,
    );
  }
}

/** Why a column is no feature unless it is asked for: what names or numbers the rows tells nothing of other rows. */
function labelReason(column: UsableColumn, nameless: ReadonlySet<string>): string | null {
  if (column.kind === 'text') {
    const reason = identifierReason(column);
    return reason !== null && notationOf(column) !== null
      ? 'it is text, though its cells look like numbers'
      : reason;
  }
  // The index that pandas and R write first.
  if (!nameless.has(column.name)) return null;
  const sorted = Float64Array.from(column.values).sort();
  const isIndex = sorted.every((value, k) => Number.isInteger(value) && value !== sorted[k - 1]);
  return isIndex
    ? 'it has no name in the header and numbers the rows; name it in --features to have it'
    : null;
}

/** Fewer rows than these say little of what a column is. */
const FEWEST_ROWS = 10;

/** Where nearly each row (9 in 10) has a text of its own. */
function identifierReason({ levels, codes, missing }: TextColumn): string | null {
  const present = codes.length - missing;
  if (present < FEWEST_ROWS || 10 * levels.length < 9 * present) return null;
  return `${levels.length} different texts in ${present} cells name the rows and tell nothing of others; name it in --features to have it`;
}

function unusableReason(column: UsableColumn, rows: number, maxLevels: number): string | null {
  if (column.missing === rows) return 'it has no value in any row';
  if (column.kind === 'text' && column.levels.length > maxLevels) {
    return `it has ${column.levels.length} levels, more than --max-levels ${maxLevels}`;
  }
  return null;
}

/** The column of that name. @throws UsageError where there is none */
export function findColumn(table: Table, name: string, flag: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  throw new UsageError(
    noColumn(
      flag,
      name,
      table.columns.map((c) => c.name),
    ),
  );
}

function numbersOf(table: Table, name: string | null, flag: string): NumericColumn | null {
  if (name === null) return null;
  const column = usable(table, findColumn(table, name, flag));
  if (column.kind === 'numeric') return column;
  const row = column.codes.findIndex((code) => code >= 0);
  throw new DataError(
    `${table.source}:${table.lineOf(row)}: column ${shown(name)}: ${shown(column.levels[column.codes[row]])} ` +
      `is not a number, and ${flag} needs numbers`,
  );
}

/** Refuses a column of numbers with a few cells that are not. */
export function usable(table: Table, column: Column): UsableColumn {
  if (column.kind !== 'dirty') return column;
  const [first, ...others] = column.examples;
  const more =
    others.length === 0
      ? ''
      : ` (then ${others.map(({ line, text }) => `${shown(text)} on line ${line}`).join(', ')})`;
  const token = shown(first.text);
  throw new DataError(
    `${table.source}:${first.line}: column ${shown(column.name)}: ${token} is not a number, ` +
      `but ${column.numbers} of its ${column.numbers + column.others} cells are${more}; ` +
      `correct the cell, add it to the missing tokens with --na, or take the column as categories with --categorical`,
  );
}
