import { binomial } from '../../families/binomial.js';
import { choleskyFactor } from '../../linalg/cholesky.js';
import { gather, maxAbs, sum } from '../../linalg/vector.js';
import { aimOf } from '../../path/solve-path.js';
import { allColumns } from '../../problem/problem.js';
import { isConstantWithout } from '../constant-columns.js';
import type { Folds } from '../folds.js';
import { SHARE_LEFT, scalesOfRest } from '../from-moments/training-equations.js';
import type { FoldLosses } from './fold-losses.js';
import type { RestOfRows } from './fold-path.js';

/** A gradient at the mean below this share of the largest possible one may be rounding. */
const RELATED = 1e-8;

/** Sums over some rows from which standardization and units follow. */
interface Sums {
  readonly weight: number;
  readonly columnSums: Float64Array;
  /** Z'VZ; lower triangle. */
  readonly gram: Float64Array;
  readonly targetSum: number;
  /** Z'Vy. */
  readonly cross: Float64Array;
}

/**
 * What is left without each fold, in the coordinates of all rows. Folds are left out of which this can not be told from sums, and
 * those whose errors would depend on where their path starts.
 * Cost: rows columns^2 for all together, and columns^3 for each where there is no quadratic penalty.
 */
export function restsOf(folds: Folds, losses: FoldLosses): RestOfRows[] {
  const { prepared, rows, options } = folds;
  const { problem } = prepared;
  const { v, y, design } = problem;
  const weighted = v.map((weight, i) => weight * y[i]);
  const every = allColumns(design.columns);
  const [columnSums, cross] = [losses.products(v, every), losses.products(weighted, every)];
  const grams = losses.grams(v, every);
  const parts: Sums[] = rows.map(({ held }, fold) => ({
    weight: sum(gather(v, held)),
    columnSums: columnSums[fold],
    gram: grams[fold],
    targetSum: sum(gather(weighted, held)),
    cross: cross[fold],
  }));
  const all = parts.reduce((total, part) => combined(total, part, 1));
  const rank = new Ranks(all, options.intercept);
  return parts.flatMap((part, fold) => {
    const rest = combined(all, part, -1);
    const found = restOf(folds, fold, rest, all);
    if (found === null) return [];
    return problem.penalty.l1Ratio < 1 || rank.isKept(rest, found.scale) ? [found] : [];
  });
}

function combined(a: Sums, b: Sums, sign: 1 | -1): Sums {
  const added = (x: Float64Array, y: Float64Array) => x.map((value, k) => value + sign * y[k]);
  return {
    weight: a.weight + sign * b.weight,
    columnSums: added(a.columnSums, b.columnSums),
    gram: added(a.gram, b.gram),
    targetSum: a.targetSum + sign * b.targetSum,
    cross: added(a.cross, b.cross),
  };
}

function restOf(folds: Folds, fold: number, rest: Sums, all: Sums): RestOfRows | null {
  const { prepared, rows, options } = folds;
  const { weight, targetSum } = rest;
  if (!(weight > SHARE_LEFT * all.weight)) return null;
  const mean = rest.columnSums.map((x) => x / weight);
  const isConstant = (j: number) => isConstantWithout(folds, fold, j);
  const { intercept, standardize } = options;
  const scale = scalesOfRest(rest, all, mean, { intercept, standardize, isConstant });
  if (scale === null) return null;
  const centre = intercept ? mean : new Float64Array(mean.length);
  const rate = intercept ? targetSum / weight : binomial.mean(0);
  // sum_i v_i u_ij (y_i - rate) / weight with u_j = (z_j - centre_j) / scale_j, as `withGradientScale` has it.
  const gradient = rest.cross.map((x, j) =>
    scale[j] === 0
      ? 0
      : (x - rate * rest.columnSums[j] - centre[j] * (targetSum - rate * weight)) / weight / scale[j],
  );
  const gradientScale = maxAbs(gradient);
  if (!(gradientScale > RELATED * Math.sqrt(rate * (1 - rate)))) return null;
  const aim = aimOf(prepared.problem.family, rows[fold].rest.length, prepared.problem.design.columns);
  return { fold, weight, centre, scale, violation: aim * options.tolerance * gradientScale };
}

/**
 * Whether the errors of a fold do not depend on where its path starts. A quadratic penalty leaves one solution. Without it solutions
 * that are equally good predict the same for the rows they are learned from, and so for the fold where its rows tell no columns
 * apart that the others do not: where leaving them out does not lower the rank of the columns that still vary.
 */
class Ranks {
  /** Of all rows, by the columns that take part. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly all: Sums,
    private readonly centred: boolean,
  ) {}

  isKept(rest: Sums, scale: Float64Array): boolean {
    const varying = scale.map((s) => (s > 0 ? 1 : 0)).join('');
    const rank = this.known.get(varying) ?? rankOf(this.all, scale, this.centred);
    this.known.set(varying, rank);
    return rankOf(rest, scale, this.centred) === rank;
  }
}

/** How many of the columns with a scale are independent, about their means if asked for. */
function rankOf({ weight, columnSums, gram }: Sums, scale: Float64Array, centred: boolean): number {
  const size = columnSums.length;
  const product = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    if (scale[a] === 0) continue;
    const shift = centred ? columnSums[a] / weight : 0;
    for (let b = 0; b <= a; b++) {
      if (scale[b] > 0) product[a * size + b] = gram[a * size + b] - shift * columnSums[b];
    }
  }
  return choleskyFactor(product, size, null).rank;
}
