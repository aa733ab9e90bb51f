import { shortestSum, type Vectors } from '../linalg/non-negative.js';
import { appended } from '../linalg/vector.js';
import type { Problem } from '../problem/problem.js';
import { openWays, type Separation, separationAlong } from '../problem/separation.js';
import { balances, type Cone, columnSizes, type Point } from './overlap.js';

/**
 * Whether unpenalised coefficients separate the classes, so that no optimum exists. That depends only on which coefficients are penalised
 * and bounded: not on the size of lambda, not on offsets, not on the progress of a solver.
 *
 * Exactly one of two things exists (Stiemke's lemma): a direction along which all margins s_i (d0 + z_i'd) are 0 or more and one is above,
 * or weights m_i > 0 of the rows with sum_i m_i s_i (1, z_i) = 0, s_i being 1 and -1 for the classes. Both are searched for:
 *
 * - At an optimum the absolute residuals are such weights, up to the error of the optimum (`balances`).
 * - Otherwise the shortest sum of s_i (1, z_i) with weights of at least 1/n decides: if it is 0, the classes overlap; otherwise it is
 *   itself a direction that separates.
 *
 * @param points optima of the problem, or approximate ones; any others only cost time
 * @returns null where the classes overlap
 * Cost: rows times the square of the unpenalised columns that are not held at a bound where a point is one; else a few passes over these columns
 * for each of them.
 * Source: Albert and Anderson (1984), Biometrika 71, 1-10; Stiemke (1915), Math. Ann. 76, 340-342.
 */
export function decideSeparation(
  problem: Problem,
  lambda: number,
  points: readonly Point[],
): Separation | null {
  if (!problem.family.canSeparate) return null;
  const cone = recessionCone(problem, lambda);
  if (cone.columns.length === 0) return null;
  if (points.some((point) => balances(problem, cone, point))) return null;
  return bySum(problem, lambda, cone);
}

function recessionCone(problem: Problem, lambda: number): Cone {
  const columns: number[] = [];
  const ways: number[] = [];
  for (let j = 0; j < problem.design.columns; j++) {
    const { up, down } = openWays(problem, lambda, j);
    if (!up && !down) continue;
    columns.push(j);
    ways.push(Number(up) - Number(down));
  }
  return { columns: Int32Array.from(columns), ways: Int8Array.from(ways) };
}

/** Entries of a mean of rows below this are rounding: even one unbalanced row in 10^12 would be above. */
const ROUNDING = 1e-12;

/** Decides by the shortest sum. If that is lost in rounding, nothing is proved, and the classes count as separated. */
function bySum(problem: Problem, lambda: number, cone: Cone): Separation | null {
  const { columns } = cone;
  const vectors = new SignedRows(problem, cone);
  // The rows' entries are of size 1, and so are those of their mean before they cancel.
  const r = shortestSum(vectors, vectors.mean(), ROUNDING * Math.sqrt(columns.length + 1));
  if (r === null) return { columns };
  if (r.every((value) => value === 0)) return null;
  const beta = vectors.coefficients(r);
  const direction = { columns, beta, intercept: problem.intercept ? r[columns.length] : 0 };
  return separationAlong(problem, lambda, direction) ?? { columns };
}

/**
 * s_i (z_i, 1) of the rows with weight, columns scaled to size 1; then a unit vector for each column that may move in one direction only.
 */
class SignedRows implements Vectors {
  readonly count: number;
  private readonly signs: Float64Array;
  private readonly inverse: Float64Array;
  private readonly oneWay: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly cone: Cone,
  ) {
    const { design, y, v } = problem;
    this.signs = y.map((value, i) => (v[i] > 0 ? 2 * value - 1 : 0));
    this.inverse = columnSizes(problem, cone.columns).map((size) => 1 / size);
    this.oneWay = Int32Array.from(cone.ways.keys()).filter((a) => cone.ways[a] !== 0);
    this.count = design.rows + this.oneWay.length;
  }

  /** The mean of the rows. */
  mean(): Float64Array {
    const rows = this.signs.reduce((count, s) => count + Math.abs(s), 0);
    return this.weighted(this.signs.map((s) => s / rows));
  }

  vector(i: number): Float64Array {
    const { rows } = this.problem.design;
    if (i < rows) {
      const one = new Float64Array(rows);
      one[i] = this.signs[i];
      return this.weighted(one);
    }
    const unit = new Float64Array(this.cone.columns.length + 1);
    const a = this.oneWay[i - rows];
    unit[a] = this.cone.ways[a];
    return unit;
  }

  products(r: Float64Array): Float64Array {
    const { design, intercept } = this.problem;
    const { columns, ways } = this.cone;
    const eta = new Float64Array(design.rows).fill(intercept ? r[columns.length] : 0);
    design.addPrediction(this.coefficients(r), eta, columns);
    const out = new Float64Array(this.count);
    for (let i = 0; i < eta.length; i++) out[i] = this.signs[i] * eta[i];
    this.oneWay.forEach((a, k) => {
      out[design.rows + k] = ways[a] * r[a];
    });
    return out;
  }

  /** A direction as coefficients of the columns. */
  coefficients(r: Float64Array): Float64Array {
    return this.inverse.map((x, a) => x * r[a]);
  }

  /** sum_i signed_i (z_i, 1). */
  private weighted(signed: Float64Array): Float64Array {
    const { design, intercept } = this.problem;
    const { columns } = this.cone;
    const out = new Float64Array(columns.length);
    design.gradient(signed, out, columns);
    for (let a = 0; a < out.length; a++) out[a] *= this.inverse[a];
    const sum = intercept ? signed.reduce((s, value) => s + value, 0) : 0;
    return appended(out, sum);
  }
}
