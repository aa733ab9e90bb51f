import type { NumericColumn, Table } from '../csv/columns/table.js';
import { DataError, UsageError } from '../errors.js';
import { type ChosenColumns, findColumn, usable } from '../features/choose-columns.js';
import type { UsableColumn } from '../features/encode.js';
import { drawSplit, strataOf } from '../features/split.js';
import { type UsedRows, usedRows } from '../features/used-rows.js';
import { gather, pick, sequence } from '../linalg/vector.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { shown } from '../visible.js';
import { codeTarget, type TargetCoding, targetValues } from './target.js';
import type { Warnings } from './warnings.js';

/** Some rows of a table: what is predicted, with which weight and offset, from which columns. */
export interface Part {
  readonly table: Table;
  readonly features: readonly UsableColumn[];
  /** Row numbers in the table, ascending. */
  readonly rows: Int32Array;
  readonly y: Float64Array;
  /** Observation weights as given; ones without `--weights`. */
  readonly w: Float64Array;
  readonly offset: Float64Array;
}

/** How training and test rows were separated. */
export interface Split {
  readonly method: 'none' | 'random' | 'stratified' | 'file';
  /** null where no random number was drawn. */
  readonly seed: number | null;
  readonly train: number;
  readonly test: number;
}

/** Training and test rows, and how they were separated. */
export interface Parts {
  readonly coding: TargetCoding;
  readonly targetType: UsableColumn['kind'];
  readonly train: Part;
  readonly test: Part | null;
  readonly split: Split;
  readonly rowsUsed: number;
  readonly rowsDropped: number;
}

/** Drops rows, decides the family and splits. @throws DataError, UsageError */
export function readParts(
  table: Table,
  testTable: Table | null,
  chosen: ChosenColumns,
  options: ResolvedOptions,
  warnings: Warnings,
): Parts {
  const policy = options.missing === 'mean' || options.missing === 'median' ? 'impute' : options.missing;
  const used = usedRows(table, chosen, policy);
  warnDropped(used, table, warnings);
  const coding = codeTarget(table, chosen.target, used.rows, options.family, options.positive);
  if (options.standardizeTarget && coding.classes !== null) {
    const classes = coding.classes.map((value) => JSON.stringify(value)).join(' and ');
    throw new UsageError(
      `--standardize-target: the target ${JSON.stringify(options.target)} is two classes (${classes}), which have no unit; leave it out, ` +
        'or choose --family gaussian for numbers',
    );
  }
  if (options.stratify === true && coding.classes === null) {
    throw new DataError(
      `the target ${shown(options.target)} has no classes to stratify by; leave --stratify out`,
    );
  }
  const shared = {
    coding,
    targetType: chosen.target.kind,
    rowsUsed: used.rows.length,
    rowsDropped: used.dropped,
  };
  if (testTable !== null) {
    const testChosen = matchColumns(table, testTable, chosen, options);
    const testUsed = usedRows(testTable, testChosen, policy);
    warnDropped(testUsed, testTable, warnings);
    const train = part(table, chosen, used.rows, coding, 'training');
    const test = part(testTable, testChosen, testUsed.rows, coding, 'test');
    checkTrainingTarget(train, coding, options);
    return {
      ...shared,
      train,
      test,
      split: { method: 'file', seed: null, train: train.y.length, test: test.y.length },
    };
  }
  return { ...shared, ...splitRows(table, chosen, used.rows, coding, options) };
}

function splitRows(
  table: Table,
  chosen: ChosenColumns,
  rows: Int32Array,
  coding: TargetCoding,
  options: ResolvedOptions,
): Pick<Parts, 'train' | 'test' | 'split'> {
  const stratify = options.stratify ?? coding.classes !== null;
  const strata = () => {
    const classes = stratify ? new Int32Array(targetValues(table, chosen.target, rows, coding)) : null;
    return strataOf(classes, weightsOf(table, chosen.weights, rows, 'used'));
  };
  const { train, test } =
    options.holdout === 0
      ? { train: sequence(rows.length), test: new Int32Array(0) }
      : drawSplit(rows.length, options.holdout, options.seed, strata());
  // Where no row is dropped, the used rows are all rows in order.
  const inTable = (drawn: Int32Array) => (rows.length === table.rows ? drawn : pick(rows, drawn));
  const trainPart = part(table, chosen, inTable(train), coding, 'training');
  checkTrainingTarget(trainPart, coding, options);
  const method = options.holdout === 0 ? 'none' : stratify ? 'stratified' : 'random';
  const seed = options.holdout === 0 ? null : options.seed;
  return {
    train: trainPart,
    test: test.length === 0 ? null : part(table, chosen, inTable(test), coding, 'test'),
    split: { method, seed, train: train.length, test: test.length },
  };
}

function part(
  table: Table,
  chosen: ChosenColumns,
  rows: Int32Array,
  coding: TargetCoding,
  side: 'training' | 'test',
): Part {
  return {
    table,
    features: chosen.features,
    rows,
    y: targetValues(table, chosen.target, rows, coding),
    w: weightsOf(table, chosen.weights, rows, side),
    offset: chosen.offset === null ? new Float64Array(rows.length) : gather(chosen.offset.values, rows),
  };
}

/** The remedy if no row of a side has weight. */
const remedy = {
  used: 'leave --weights out',
  training: 'hold out fewer rows, or leave --weights out',
  test: 'hold out more rows, or leave --weights out',
};

function weightsOf(
  table: Table,
  weights: NumericColumn | null,
  rows: Int32Array,
  side: keyof typeof remedy,
): Float64Array {
  if (weights === null) return new Float64Array(rows.length).fill(1);
  const w = gather(weights.values, rows);
  const name = `column ${shown(weights.name)}`;
  const negative = w.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new DataError(
      `${table.source}:${table.lineOf(rows[negative])}: ${name}: the weight ${w[negative]} is below 0; ` +
        'correct it, or give it 0 to ignore the row',
    );
  }
  if (!w.some((value) => value > 0)) {
    const which = rows.length < table.rows ? `all weights of ${rows.length} ${side} rows` : 'all weights';
    throw new DataError(`${table.source}: ${name}: ${which} are 0, so no row counts; ${remedy[side]}`);
  }
  return w;
}

/** The same columns of another file, found by name. */
function matchColumns(
  table: Table,
  other: Table,
  chosen: ChosenColumns,
  { weights, offset }: ResolvedOptions,
): ChosenColumns {
  const byName = new Map(other.columns.map((column) => [column.name, column]));
  const find = (name: string): UsableColumn => {
    const column = byName.get(name);
    if (column === undefined) {
      throw new DataError(`${other.source}: column ${shown(name)} is missing, but ${table.source} has it`);
    }
    return usable(other, column);
  };
  const alike = (column: UsableColumn): UsableColumn => {
    const found = find(column.name);
    if (found.kind === column.kind || found.missing === other.rows) return found;
    const kind = (c: UsableColumn) => (c.kind === 'numeric' ? 'numbers' : 'text');
    throw new DataError(
      `${other.source}: column ${shown(column.name)} holds ${kind(found)}, but ${kind(column)} in ${table.source}; ` +
        'give --categorical for a column of categories that look like numbers',
    );
  };
  const numbers = (name: string | null): NumericColumn | null => {
    if (name === null) return null;
    const column = usable(other, findColumn(other, name, 'test file'));
    if (column.kind === 'numeric') return column;
    throw new DataError(`${other.source}: column ${shown(name)} is not made of numbers`);
  };
  return {
    target: alike(chosen.target),
    weights: numbers(weights),
    offset: numbers(offset),
    features: chosen.features.map(alike),
    leftOut: [],
  };
}

/** A target that is constant in the training rows leaves nothing to fit. */
function checkTrainingTarget(
  { y, w, table }: Part,
  coding: TargetCoding,
  { target: name, intercept }: ResolvedOptions,
): void {
  const first = y.findIndex((_, i) => w[i] > 0);
  if (first >= 0 && y.some((value, i) => value !== y[first] && w[i] > 0)) return;
  // Without an intercept the null model is 0, so even a constant target can be fitted.
  if (coding.classes === null && !intercept && first >= 0 && y[first] !== 0) return;
  const value = first < 0 ? 'without weight' : (coding.classes?.[y[first]] ?? String(y[first]));
  throw new DataError(
    `${table.source}: the target ${shown(name)} is ${shown(value)} in every training row; there is nothing to learn`,
  );
}

function warnDropped({ dropped, missingByColumn }: UsedRows, table: Table, warnings: Warnings): void {
  if (dropped === 0) return;
  const byColumn = missingByColumn.map(([name, count]) => `${shown(name)} ${count}`);
  const first =
    byColumn.length > 12 ? [...byColumn.slice(0, 12), `${byColumn.length - 12} columns more`] : byColumn;
  warnings.add(
    'rows-dropped',
    `${table.source}: dropped ${dropped} of ${table.rows} rows with a missing cell (by column: ${first.join(', ')})`,
  );
}
