import type { Column, NumericColumn, Table } from '../../csv/columns/table.js';
import { DataError } from '../../errors.js';
import { usable } from '../../features/choose-columns.js';
import { nearest } from '../../near-miss.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';
import { refuseAmbiguous } from './ambiguous.js';
import { type ColumnTerm, columnTerms } from './terms.js';

/** The linear predictor of each row of a table, and what prevented it. */
export interface TableScores {
  /** Length rows, the offset included; NaN for a row without a prediction. */
  readonly eta: Float64Array;
  /** By column: rows with a missing cell. */
  readonly missing: ReadonlyMap<string, number>;
  /** By column: rows with a level not seen in training. */
  readonly unseen: ReadonlyMap<string, number>;
}

/**
 * Scores the rows of a table, its columns found by name. Text columns of the model must have been read as text.
 * @throws DataError for a column that is missing or of another type
 */
export function scoreTable(model: Model, table: Table): TableScores {
  const eta = new Float64Array(table.rows).fill(model.intercept);
  const missing = new Map<string, number>();
  const unseen = new Map<string, number>();
  const columnOf = finder(model, table);
  if (table.header !== undefined) {
    const needed = columnTerms(model).map(({ column }) => column);
    refuseAmbiguous(model, needed, table.header, table.source);
  }
  for (const term of columnTerms(model)) addTerm(term, columnOf(term.column), table, eta, missing, unseen);
  if (model.offset !== null) addOffset(columnOf(model.offset), table, eta, missing);
  return { eta, missing, unseen };
}

function addTerm(
  term: ColumnTerm,
  asRead: Column,
  table: Table,
  eta: Float64Array,
  missing: Map<string, number>,
  unseen: Map<string, number>,
): void {
  const column = usable(table, asRead);
  // A column without values has no type.
  if (column.kind !== term.kind && column.missing < table.rows) throw otherType(table, term);
  if (column.missing > 0) missing.set(column.name, column.missing);
  const fill = term.fill ?? Number.NaN;
  if (column.kind === 'numeric' && term.kind === 'numeric') {
    const { coefficient, origin } = term;
    const filled = coefficient * (fill - origin);
    for (let i = 0; i < eta.length; i++) {
      const x = column.values[i];
      eta[i] += Number.isNaN(x) ? filled : coefficient * (x - origin);
    }
  } else if (column.kind === 'text' && term.kind === 'text') {
    const values = column.levels.map((level) => term.coefficients.get(level) ?? 0);
    const isUnseen = column.levels.map((level) => !term.coefficients.has(level));
    let count = 0;
    for (let i = 0; i < eta.length; i++) {
      const code = column.codes[i];
      eta[i] += code < 0 ? fill : values[code];
      if (code >= 0 && isUnseen[code]) count++;
    }
    if (count > 0) unseen.set(column.name, count);
  } else {
    const empty = term.kind === 'numeric' ? term.coefficient * (fill - term.origin) : fill;
    for (let i = 0; i < eta.length; i++) eta[i] += empty;
  }
}

function addOffset(asRead: Column, table: Table, eta: Float64Array, missing: Map<string, number>): void {
  const column = usable(table, asRead);
  if (column.kind !== 'numeric') throw otherType(table, { kind: 'numeric', column: column.name });
  if (column.missing > 0) missing.set(column.name, column.missing);
  const { values }: NumericColumn = column;
  for (let i = 0; i < eta.length; i++) eta[i] += values[i];
}

/** Finds columns by name. A similar name is suggested unless the model uses it for another column. */
function finder(model: Model, table: Table): (name: string) => Column {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const known = new Set([model.target.name, ...model.columns.map(({ name }) => name)]);
  return (name) => {
    const column = byName.get(name);
    if (column !== undefined) return column;
    const near = nearest(
      name,
      [...byName.keys()].filter((other) => !known.has(other)),
    );
    const hint = near === null ? 'add it' : `is it ${shown(near)}? Rename it`;
    throw new DataError(`${table.source}: column ${shown(name)} is missing, and the model needs it; ${hint}`);
  };
}

function otherType(table: Table, { kind, column }: { kind: string; column: string }): DataError {
  const [is, was] = kind === 'numeric' ? ['categories', 'numbers'] : ['numbers', 'categories'];
  return new DataError(
    `${table.source}: column ${shown(column)} holds ${is}, but ${was} when the model was trained; ` +
      'give the column the type that it had',
  );
}
