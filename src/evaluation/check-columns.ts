import type { Column, Table } from '../csv/columns/table.js';
import { binCounts } from '../model/learn/schema.js';
import type { ColumnSchema, Distribution, Model } from '../model/model.js';
import { columnTerms } from '../model/score/terms.js';
import type { ColumnCheck, ColumnRole } from './evaluate-report.js';
import { stability } from './stability.js';

/** A column of the model and the file's, with what findings need besides its figures. */
export interface ComparedColumn {
  readonly check: ColumnCheck;
  /** null: the file has no such column. */
  readonly column: Column | null;
  readonly rows: number;
  /** Levels not seen in training with their numbers of rows, the most frequent first. */
  readonly unseenLevels: readonly (readonly [level: string, rows: number])[];
  /** The share that the one value of a constant column had in training; null for a column that varies. */
  readonly shareOfOnlyValue: number | null;
  /** Training rows with a value. */
  readonly trainingRows: number;
  /** Smallest and largest in training, for a column of numbers. */
  readonly range: readonly [min: number, max: number] | null;
}

type Place = Pick<ColumnCheck, 'name' | 'role' | 'needed' | 'type' | 'missingShareTraining'>;
type Figures = Omit<ComparedColumn, 'check' | 'column' | 'rows' | 'trainingRows'> & {
  readonly check: Pick<ColumnCheck, 'psi' | 'psiChance' | 'rangeExcess' | 'rangeDistance' | 'unseen'>;
};

const NO_FIGURES: Figures = {
  check: { psi: null, psiChance: null, rangeExcess: null, rangeDistance: null, unseen: null },
  unseenLevels: [],
  shareOfOnlyValue: null,
  range: null,
};

/** Every column of the model, the target first, beside the column of that name in a table. Cost: a pass over each. */
export function compareColumns(model: Model, table: Table): ComparedColumn[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const needed = new Set(columnTerms(model).map(({ column }) => column));
  const compare = (place: Place, figures: (column: Column, trainingRows: number) => Figures) => {
    const column = byName.get(place.name) ?? null;
    return compared(place, column, table.rows, model.split.train, figures);
  };
  const { target } = model;
  const role = (name: string | null, kind: ColumnRole) =>
    name === null
      ? []
      : [
          compare(
            { name, role: kind, needed: kind === 'offset', type: 'numeric', missingShareTraining: null },
            () => NO_FIGURES,
          ),
        ];
  return [
    compare(
      { name: target.name, role: 'target', needed: true, type: target.type, missingShareTraining: null },
      (column, rows) => targetFigures(target, column, rows),
    ),
    ...role(model.weights, 'weights'),
    ...role(model.offset, 'offset'),
    ...model.columns.map((schema) =>
      compare(
        {
          name: schema.name,
          role: 'feature',
          needed: needed.has(schema.name),
          type: schema.type,
          missingShareTraining: schema.missingShare,
        },
        (column, rows) => featureFigures(schema, column, rows),
      ),
    ),
  ];
}

function compared(
  place: Place,
  column: Column | null,
  rows: number,
  train: number,
  figures: (column: Column, trainingRows: number) => Figures,
): ComparedColumn {
  const trainingRows = Math.round(train * (1 - (place.missingShareTraining ?? 0)));
  const { check, ...more } =
    column === null || column.missing === rows ? NO_FIGURES : figures(column, trainingRows);
  return {
    ...more,
    check: {
      ...place,
      found: column === null ? null : column.kind === 'dirty' ? 'mixed' : column.kind,
      missingShare: column === null || rows === 0 ? null : column.missing / rows,
      ...check,
    },
    column,
    rows,
    trainingRows,
  };
}

function featureFigures(schema: ColumnSchema, column: Column, trainingRows: number): Figures {
  if (schema.type === 'numeric') {
    return column.kind === 'numeric' ? numericFigures(schema, column.values, trainingRows) : NO_FIGURES;
  }
  if (column.kind !== 'text') return NO_FIGURES;
  const counts = countsOf(column.codes, column.levels);
  return levelFigures(schema.levels, schema.shares, counts, trainingRows);
}

function targetFigures(
  { classes, training }: Model['target'],
  column: Column,
  trainingRows: number,
): Figures {
  if (column.kind === 'dirty') return NO_FIGURES;
  if (classes === null) {
    return column.kind === 'numeric' ? numericFigures(training, column.values, trainingRows) : NO_FIGURES;
  }
  const counts =
    column.kind === 'text' ? countsOf(column.codes, column.levels) : countsOfNumbers(column.values);
  const rate = training.mean ?? 0;
  return levelFigures(classes, [1 - rate, rate], counts, trainingRows);
}

function countsOf(codes: Int32Array, levels: readonly string[]): Map<string, number> {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return new Map(levels.map((level, code) => [level, counts[code]]));
}

/** Classes that are numbers are known by their shortest spelling. */
function countsOfNumbers(values: Float64Array): Map<string, number> {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].map(([value, count]) => [String(value), count]));
}

function numericFigures(training: Distribution, values: Float64Array, trainingRows: number): Figures {
  const { min, max, deviation, edges, shares } = training;
  if (min === null || max === null) return NO_FIGURES;
  let [low, high, outside, present] = [Infinity, -Infinity, 0, 0];
  for (const x of values) {
    if (Number.isNaN(x)) continue;
    present++;
    low = Math.min(low, x);
    high = Math.max(high, x);
    if (x < min || x > max) outside++;
  }
  const counts = binCounts(values, edges);
  const moved = stability(shares, trainingRows, counts);
  const beyond = Math.max(min - low, high - max, 0);
  return {
    check: {
      psi: moved?.psi ?? null,
      psiChance: moved?.chance ?? null,
      rangeExcess: outside / present,
      rangeDistance: deviation ? beyond / deviation : beyond === 0 ? 0 : null,
      unseen: null,
    },
    unseenLevels: [],
    shareOfOnlyValue: low === high && min < max ? shares[counts.findIndex((count) => count > 0)] : null,
    range: [min, max],
  };
}

/** @param counts rows of each level now; they sum to at least 1 */
function levelFigures(
  levels: readonly string[],
  shares: readonly number[],
  counts: ReadonlyMap<string, number>,
  trainingRows: number,
): Figures {
  const known = new Set(levels);
  const met = [...counts].filter(([, count]) => count > 0);
  const unseenLevels = met.filter(([level]) => !known.has(level)).sort((a, b) => b[1] - a[1]);
  const unseen = unseenLevels.reduce((total, [, count]) => total + count, 0);
  const total = met.reduce((sum, [, count]) => sum + count, 0);
  const now = levels.map((level) => counts.get(level) ?? 0);
  // Levels not seen in training form one bin, empty in training.
  const moved =
    unseen > 0
      ? stability([...shares, 0], trainingRows, [...now, unseen])
      : stability(shares, trainingRows, now);
  const isConstant = met.length === 1 && levels.length > 1 && unseen === 0;
  return {
    check: {
      psi: moved?.psi ?? null,
      psiChance: moved?.chance ?? null,
      rangeExcess: null,
      rangeDistance: null,
      unseen: unseen / total,
    },
    unseenLevels,
    shareOfOnlyValue: isConstant ? shares[levels.indexOf(met[0][0])] : null,
    range: null,
  };
}
