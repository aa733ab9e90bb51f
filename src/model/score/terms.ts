import { FAMILIES } from '../../families/families.js';
import type { Model } from '../model.js';

/** What one column of the input adds to the linear predictor. */
export type ColumnTerm = NumericTerm | TextTerm;

/** coefficient * (x - origin) */
export interface NumericTerm {
  readonly kind: 'numeric';
  readonly column: string;
  readonly coefficient: number;
  readonly origin: number;
  /** Stands for a missing cell; null: a row without this cell has no prediction. */
  readonly fill: number | null;
}

/** The coefficient of the level; 0 for a level not seen in training. */
export interface TextTerm {
  readonly kind: 'text';
  readonly column: string;
  /** Every level of training, with a coefficient that may be 0. */
  readonly coefficients: ReadonlyMap<string, number>;
  /** What a missing cell adds; null: a row without this cell has no prediction. */
  readonly fill: number | null;
}

/**
 * The terms of the linear predictor, one for each column with a coefficient other than 0, in the file's order. Any scorer
 * starts from the intercept and adds them from left to right, in double precision: that is the model's definition.
 */
export function columnTerms({ features, columns }: Pick<Model, 'features' | 'columns'>): ColumnTerm[] {
  const byColumn = new Map<string, Model['features'][number][]>(columns.map(({ name }) => [name, []]));
  for (const feature of features) byColumn.get(feature.column)!.push(feature);
  return columns.flatMap(({ name, type }): ColumnTerm[] => {
    const group = byColumn.get(name)!;
    if (group.every(({ coefficient }) => coefficient === 0)) return [];
    if (type === 'numeric') {
      const [{ coefficient, origin, fill }] = group;
      return [{ kind: 'numeric', column: name, coefficient, origin, fill }];
    }
    const coefficients = new Map(group.map(({ level, coefficient }) => [level!, coefficient]));
    // The most frequent level stands for a missing cell: its indicator has fill 1, the others 0.
    const filled = group.find(({ fill }) => fill === 1);
    const fill = group[0].fill === null ? null : (filled?.coefficient ?? 0);
    return [{ kind: 'text', column: name, coefficients, fill }];
  });
}

/** What a cell adds, its value being a number, a level, or null for a missing cell; null: the row has no prediction. */
export function termValue(term: ColumnTerm, cell: number | string | null): number | null {
  if (term.kind === 'numeric') {
    const x = cell ?? term.fill;
    return x === null ? null : term.coefficient * ((x as number) - term.origin);
  }
  return cell === null ? term.fill : (term.coefficients.get(cell as string) ?? 0);
}

/** The linear predictor in the units of the target: the mean, or the probability of the positive class. */
export function predictionOf(family: Model['model']['family'], eta: number): number {
  return FAMILIES[family].mean(eta);
}
