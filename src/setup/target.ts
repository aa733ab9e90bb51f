import type { Table, TextColumn } from '../csv/columns/table.js';
import { DataError, UsageError } from '../errors.js';
import { binomial } from '../families/binomial.js';
import { FAMILIES } from '../families/families.js';
import type { Family, FamilyName } from '../families/family.js';
import { gaussian } from '../families/gaussian.js';
import type { UsableColumn } from '../features/encode.js';
import { notationOf, numbersAndMarks, numbersIn } from '../features/written-numbers.js';
import { gather } from '../linalg/vector.js';
import { shown } from '../visible.js';

/** What is predicted: numbers, or one of two classes. */
export interface TargetCoding {
  readonly family: Family;
  /** Binomial: negative class, positive class, as they are written in the file. */
  readonly classes: readonly [string, string] | null;
}

/** A level that means yes in any spelling of case. */
const AFFIRMATIVE = new Set(['1', 'true', 'yes']);

/**
 * Decides the family from the target's cells on the used rows, and which class is the positive one:
 * the one asked for, or `1`, `true` or `yes`, or the larger.
 * @throws DataError where the target does not suit the family, UsageError where `positive` is none of its classes
 */
export function codeTarget(
  table: Table,
  column: UsableColumn,
  rows: Int32Array,
  family: 'auto' | FamilyName,
  positive: string | null,
): TargetCoding {
  const distinct = distinctValues(column, rows);
  const likely = distinct.length !== 2 && column.kind === 'numeric' ? gaussian : binomial;
  const chosen = family === 'auto' ? likely : FAMILIES[family];
  if (chosen.target === 'numbers') {
    if (column.kind === 'text') throw new DataError(notNumeric(table, column, rows, distinct.length));
    if (positive !== null) {
      throw new UsageError(
        `--positive ${shown(positive)}: the target ${shown(column.name)} has more than two values, ` +
          `so this is a ${chosen.name} fit, which has no classes; leave --positive out`,
      );
    }
    return { family: chosen, classes: null };
  }
  if (distinct.length !== 2) {
    const numbers = distinct.length > 2 && column.kind === 'text' ? numberLike(table, column) : null;
    throw new DataError(numbers ?? notTwoClasses(table, column, distinct, family));
  }
  return { family: chosen, classes: orderClasses(column, distinct as [string, string], positive) };
}

/** Up to three distinct values of the column on these rows as text, in increasing order (numbers) or code-unit order. */
function distinctValues(column: UsableColumn, rows: Int32Array): string[] {
  const values = column.kind === 'numeric' ? column.values : column.codes;
  const found: number[] = [];
  for (let i = 0; i < rows.length && found.length < 3; i++) {
    const value = values[rows[i]];
    if (value !== found[0] && value !== found[1]) found.push(value);
  }
  const sorted = found.sort((a, b) => a - b);
  return column.kind === 'numeric' ? sorted.map(String) : sorted.map((code) => column.levels[code]);
}

function orderClasses(
  column: UsableColumn,
  [low, high]: readonly [string, string],
  positive: string | null,
): readonly [string, string] {
  if (positive !== null) {
    const wanted = column.kind === 'numeric' && positive !== '' ? String(Number(positive)) : positive;
    if (wanted === high) return [low, high];
    if (wanted === low) return [high, low];
    throw new UsageError(
      `--positive ${shown(positive)}: the classes of ${shown(column.name)} are ` +
        `${shown(low)} and ${shown(high)}`,
    );
  }
  const lowMeansYes = column.kind === 'text' && AFFIRMATIVE.has(low.toLowerCase());
  return lowMeansYes && !AFFIRMATIVE.has(high.toLowerCase()) ? [high, low] : [low, high];
}

function notNumeric(table: Table, column: TextColumn, rows: Int32Array, distinct: number): string {
  const numbers = numberLike(table, column);
  if (numbers !== null) return numbers;
  const cell = column.levels[column.codes[rows[0]]];
  const remedy = distinct === 2 ? 'choose --family binomial for its two classes' : 'choose another --target';
  return (
    `${table.source}:${table.lineOf(rows[0])}: column ${shown(column.name)}: the target ${shown(cell)} ` +
    `is not a number, and a gaussian fit needs numbers; ${remedy}`
  );
}

/** What is said of a target of text whose cells are numbers after all, in another notation or with marks among them; null where they are not. */
function numberLike(table: Table, column: TextColumn): string | null {
  const name = shown(column.name);
  const notation = notationOf(column);
  if (notation !== null) {
    const row = column.codes.indexOf(column.levels.indexOf(notation.example));
    return `${table.source}:${table.lineOf(row)}: column ${name}: the target is text, but its cells look like numbers (${shown(notation.example)}); ${notation.remedy}`;
  }
  const found = numbersIn(column);
  if (2 * found.numbers <= found.present) return null;
  const [{ row }] = found.marks;
  return `${table.source}:${table.lineOf(row)}: column ${name}: the target: ${numbersAndMarks(found, table)}; correct them, or name them in --na if they mean missing`;
}

function notTwoClasses(
  table: Table,
  column: UsableColumn,
  distinct: readonly string[],
  family: string,
): string {
  const name = shown(column.name);
  if (distinct.length === 1) {
    return `${table.source}: column ${name}: the target is ${shown(distinct[0])} in every row used; there is nothing to predict`;
  }
  const seen = distinct.map((value) => shown(value)).join(', ');
  const why = family === 'auto' ? 'a target of text needs two classes' : `a ${family} fit needs two classes`;
  return (
    `${table.source}: column ${name}: the target has more than two values (${seen}, ...) and ${why}; ` +
    (column.kind === 'numeric' ? 'choose --family gaussian' : 'keep the rows of two classes only')
  );
}

/**
 * The target on some rows as numbers: the values themselves, or 1 for the positive class and 0 for the other.
 * @throws DataError for a class that is neither
 */
export function targetValues(
  table: Table,
  column: UsableColumn,
  rows: Int32Array,
  { classes }: TargetCoding,
): Float64Array {
  if (classes === null) {
    if (column.kind === 'text') throw new DataError(notNumeric(table, column, rows, 0));
    return gather(column.values, rows);
  }
  const [negative, positive] = column.kind === 'numeric' ? classes.map(Number) : classes;
  const y = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const cell = column.kind === 'numeric' ? column.values[row] : column.levels[column.codes[row]];
    if (cell !== negative && cell !== positive) {
      throw new DataError(
        `${table.source}:${table.lineOf(row)}: column ${shown(column.name)}: ${shown(String(cell))} is neither ` +
          `of the classes ${shown(classes[0])} and ${shown(classes[1])}`,
      );
    }
    y[i] = cell === positive ? 1 : 0;
  }
  return y;
}
