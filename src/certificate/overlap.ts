import { choleskyFactor, choleskySolve } from '../linalg/cholesky.js';
import { appended, sum } from '../linalg/vector.js';
import { linearPredictor, type Problem } from '../problem/problem.js';

/** A point of the problem, in standardized coordinates. */
export interface Point {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/** The unbounded directions: the intercept's, and those of columns, some of them in one direction only. */
export interface Cone {
  readonly columns: Int32Array;
  /** 1 and -1 if the coefficient may only grow or only fall, 0 if it may do both. */
  readonly ways: Int8Array;
}

/** A balance is rounding if it is below this share of its terms. */
const BALANCED = 1e-10;

/**
 * Whether the residuals of a point are weights that prove overlap of the classes: after one Newton step of the cone's coefficients they
 * balance, and all keep their signs. With residuals r_i and curvatures w_i the step h solves X'WX h = X'r, and the residuals become r_i -
 * w_i x_i'h, with X'(r - W X h) = 0. A second step must change none of them by half of itself or more: a balance of large residuals up to
 * rounding proves nothing about much smaller ones.
 * Cost: rows times the square of the cone's columns that are not held at a bound; nothing where those are more than the rows.
 */
export function balances(problem: Problem, cone: Cone, point: Point): boolean {
  const { design, family, y, v, penalty } = problem;
  const { columns, ways } = cone;
  const eta = linearPredictor(problem, point.intercept, point.beta);
  const residual = new Float64Array(design.rows);
  const curvature = new Float64Array(design.rows);
  family.residual(y, eta, v, residual);
  family.curvature(eta, v, curvature);
  // A residual of 0 is a weight of 0 and proves nothing.
  if (residual.some((r, i) => r === 0 && v[i] > 0)) return false;
  // A coefficient on its bound may leave it in one direction only. It need not balance, but must push against the bound.
  const isHeld = (a: number) => {
    const [j, way] = [columns[a], ways[a]];
    return way !== 0 && point.beta[j] === (way > 0 ? penalty.lower[j] : penalty.upper[j]);
  };
  const moving = columns.filter((_, a) => !isHeld(a));
  // As many columns as rows fit any residuals, and their steps would leave none of them.
  if (moving.length > design.rows) return false;
  const system = new NewtonSystem(problem, moving, curvature);
  // Rows with almost no curvature must not be what distinguishes columns.
  if (system.rank <= moving.length && system.rank < new NewtonSystem(problem, moving, v).rank) return false;
  const left = moved(residual, curvature, system.change(residual));
  if (left === null || moved(left, curvature, system.change(left)) === null) return false;
  const total = left.reduce((s, r) => s + Math.abs(r), 0);
  if (problem.intercept && Math.abs(sum(left)) > BALANCED * total) return false;
  const gradient = new Float64Array(columns.length);
  design.gradient(left, gradient, columns);
  const size = columnSizes(problem, columns);
  return gradient.every((g, a) => {
    const bound = BALANCED * total * size[a];
    return isHeld(a) ? ways[a] * g <= bound : Math.abs(g) <= bound;
  });
}

/** r_i - w_i change_i; null where one is moved by more than half of itself. */
function moved(r: Float64Array, w: Float64Array, change: Float64Array): Float64Array | null {
  const out = r.map((value, i) => value - w[i] * change[i]);
  return out.every((left, i) => Math.abs(left - r[i]) <= Math.abs(r[i]) / 2) ? out : null;
}

/** Newton's equations (X, 1)' W (X, 1) h = (X, 1)' r over some columns, the intercept last where there is one. */
class NewtonSystem {
  readonly rank: number;
  private readonly factor: ReturnType<typeof choleskyFactor>;

  constructor(
    private readonly problem: Problem,
    private readonly columns: Int32Array,
    w: Float64Array,
  ) {
    const { design, intercept } = problem;
    const m = columns.length;
    const gram = design.gram(w, columns);
    const size = intercept ? m + 1 : m;
    const matrix = new Float64Array(size * size);
    for (let a = 0; a < m; a++) matrix.set(gram.subarray(a * m, (a + 1) * m), a * size);
    if (intercept) matrix.set(this.products(w), m * size);
    this.factor = choleskyFactor(matrix, size, null);
    this.rank = this.factor.rank;
  }

  /** (X, 1) h of the h that solves the equations. */
  change(residual: Float64Array): Float64Array {
    const { design, intercept } = this.problem;
    const step = this.products(residual);
    choleskySolve(this.factor, step);
    const m = this.columns.length;
    const out = new Float64Array(design.rows).fill(intercept ? step[m] : 0);
    design.addPrediction(step.subarray(0, m), out, this.columns);
    return out;
  }

  /** (X, 1)' r. */
  private products(r: Float64Array): Float64Array {
    const { design, intercept } = this.problem;
    const out = new Float64Array(this.columns.length);
    design.gradient(r, out, this.columns);
    return intercept ? appended(out, sum(r)) : out;
  }
}

/** The root mean square of each column, 1 for a column of zeros. */
export function columnSizes({ design, v }: Problem, columns: Int32Array): Float64Array {
  return Float64Array.from(columns, (j) => Math.sqrt(design.gram(v, Int32Array.of(j))[0]) || 1);
}
