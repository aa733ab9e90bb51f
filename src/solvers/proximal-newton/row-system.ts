import type { Design } from '../../design/design.js';
import { Dense } from '../../linalg/dense.js';
import { axpy, dot } from '../../linalg/vector.js';
import { PivotedSolve } from '../pivoted-solve.js';
import { RowKernel } from './row-kernel.js';

/** Steps of conjugate gradients that a solve may take before a factor is thought of. */
const FEW_STEPS = 8;

/** Steps for each row that cost as much as a factor: a product and two triangles, 2 rows^2, against rows^3 / 3. */
const FACTOR_STEPS = 1 / 6;

/** After so many steps for each row what is left is rounding. */
const STEPS_PER_ROW = 4;

/**
 * Solves (I + P R Z_A C Z_A' R P) x = f with as many unknowns as there are rows, for changing columns A, C = diag(c) and row factors R;
 * P takes out the part along R 1 where there is an intercept. Conjugate gradients on the kernel matrix, which is kept and follows A and C; once
 * their steps have cost as much as a factor the factor is made, and is their preconditioner from then on.
 * Cost: rows^2 / 2 for each column that A gains or loses, 2 rows^2 a step, rows^3 / 3 for the factor. Memory: a few rows^2.
 * Source: Golub and Van Loan (2013), 11.5; Boschi, Reimherr and Chiaromonte (2020), "An efficient semi-smooth Newton augmented Lagrangian
 * method for elastic net", section 3, for the system.
 */
export class RowSystem {
  private readonly dense: Dense;
  private readonly kernel: RowKernel;
  private factor: PivotedSolve | null = null;
  /** R's diagonal. */
  private root: Float64Array;
  /** R 1 / |R 1|; null without an intercept. */
  private pole: Float64Array | null = null;
  /** Steps beyond a few a solve since the factor was made. */
  private spent = 0;

  constructor(private readonly design: Design) {
    this.dense = new Dense(design.engine);
    this.kernel = new RowKernel(design);
    this.root = new Float64Array(design.rows);
  }

  get rows(): number {
    return this.design.rows;
  }

  /** Takes up other row factors; the preconditioner stays. */
  weigh(root: Float64Array, isCentred: boolean): void {
    this.root = root;
    const length = Math.sqrt(dot(root, root));
    this.pole = isCentred && length > 0 ? root.map((r) => r / length) : null;
  }

  /** P x, in place. */
  project(x: Float64Array): Float64Array {
    if (this.pole !== null) axpy(-dot(this.pole, x), this.pole, x);
    return x;
  }

  /** Z_A' R P x. */
  back(columns: Int32Array, x: Float64Array): Float64Array {
    const rows = this.project(x.slice());
    for (let i = 0; i < rows.length; i++) rows[i] *= this.root[i];
    const out = new Float64Array(columns.length);
    this.design.gradient(rows, out, columns);
    return out;
  }

  /** P R Z_A d. */
  forth(columns: Int32Array, d: Float64Array): Float64Array {
    const rows = new Float64Array(this.design.rows);
    this.design.addPrediction(d, rows, columns);
    for (let i = 0; i < rows.length; i++) rows[i] *= this.root[i];
    return this.project(rows);
  }

  /** @param c above 0; @param f in the range of P; @param enough length of f - (...) x that may be left */
  solve(columns: Int32Array, c: Float64Array, f: Float64Array, enough: number): Float64Array {
    this.kernel.take(columns, c);
    if (this.spent > FACTOR_STEPS * f.length) this.refactor();
    const x = new Float64Array(f.length);
    const rest = f.slice();
    let turned = this.precondition(rest);
    const direction = turned.slice();
    let along = dot(rest, turned);
    let steps = 0;
    for (; steps < STEPS_PER_ROW * f.length && Math.sqrt(dot(rest, rest)) > enough; steps++) {
      const product = this.product(direction);
      const curvature = dot(direction, product);
      if (!(curvature > 0)) break;
      axpy(along / curvature, direction, x);
      axpy(-along / curvature, product, rest);
      turned = this.precondition(rest);
      const next = dot(rest, turned);
      for (let i = 0; i < direction.length; i++) direction[i] = turned[i] + (next / along) * direction[i];
      along = next;
    }
    this.spent += Math.max(steps - FEW_STEPS, 0);
    return x;
  }

  private product(x: Float64Array): Float64Array {
    const { root, kernel } = this;
    const out = kernel.times(this.project(x.slice()).map((value, i) => root[i] * value));
    for (let i = 0; i < out.length; i++) out[i] *= root[i];
    this.project(out);
    for (let i = 0; i < out.length; i++) out[i] += x[i];
    return out;
  }

  private refactor(): void {
    const { root, dense, design, kernel } = this;
    const n = design.rows;
    const k = new Float64Array(n * n);
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) k[a * n + b] = root[a] * root[b] * kernel.entry(a, b);
      k[a * n + a] += 1;
    }
    this.factor ??= new PivotedSolve(design);
    this.factor.take(dense.pivotedCholesky(k, n));
    this.spent = 0;
  }

  private precondition(x: Float64Array): Float64Array {
    if (this.factor === null) return x.slice();
    return this.project(this.factor.solve(x));
  }
}
