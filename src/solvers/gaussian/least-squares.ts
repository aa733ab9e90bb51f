import { choleskyFactor, choleskySolve } from '../../linalg/cholesky.js';
import { applyReflections, householderQr, jacobiSvd } from '../../linalg/qr-svd.js';
import { gaussianTarget } from '../../problem/gaussian-target.js';
import { allColumns, type Problem } from '../../problem/problem.js';
import type { Solver } from '../solver.js';

/** The normal equations are trusted, and refined, while no pivot falls below this share of its diagonal entry. */
const WELL_CONDITIONED = 1e-7;

/** Columns whose norms differ by more than this are scaled to norm 1 before the rank is judged. */
const GRADED = 1e6;

/**
 * Least squares without a penalty. Well-conditioned problems go through the normal equations, refined on the data;
 * all others through QR and singular values, where of all minimisers the one of smallest norm is taken.
 */
export function leastSquares(problem: Problem): Solver {
  const { intercept, centred } = gaussianTarget(problem);
  return {
    name: 'least-squares',
    solve() {
      const { beta, rank } = minimumNormSolution(problem, centred);
      return { intercept, beta, iterations: 1, rank };
    },
  };
}

/** The b of least norm, in the problem's units, that minimises sum_i v_i (target_i - z_i'b)^2, and the rank of the columns. */
export function minimumNormSolution(
  problem: Problem,
  target: Float64Array,
): { beta: Float64Array; rank: number } {
  const { design } = problem;
  if (design.columns === 0) return { beta: new Float64Array(0), rank: 0 };
  if (design.columns <= design.rows) {
    const direct = byNormalEquations(problem, target);
    if (direct !== null) return { beta: direct, rank: design.columns };
  }
  const solve = bySingularValues(problem);
  const beta = solve.apply(target);
  const rest = target.slice();
  design.addPrediction(
    beta.map((b) => -b),
    rest,
  );
  const correction = solve.apply(rest);
  return { beta: beta.map((b, j) => b + correction[j]), rank: solve.rank };
}

/** Cholesky with two steps of refinement on the data; null where the columns are too close to dependent. */
function byNormalEquations({ design, v }: Problem, target: Float64Array): Float64Array | null {
  const size = design.columns;
  const factor = choleskyFactor(design.gram(v, allColumns(size)), size, null);
  if (factor.rank < size || factor.smallestPivot < WELL_CONDITIONED) return null;
  const beta = new Float64Array(size);
  const rest = target.slice();
  for (let round = 0; round < 3; round++) {
    const step = new Float64Array(size);
    design.gradient(
      rest.map((r, i) => v[i] * r),
      step,
    );
    choleskySolve(factor, step);
    for (let j = 0; j < size; j++) beta[j] += step[j];
    design.addPrediction(
      step.map((d) => -d),
      rest,
    );
  }
  return beta;
}

/** The pseudo-inverse of V^1/2 Z, by QR of the matrix or of its transpose and singular values of the triangle. */
function bySingularValues(problem: Problem): { rank: number; apply(target: Float64Array): Float64Array } {
  const { design, v } = problem;
  const tall = design.columns <= design.rows;
  const root = v.map(Math.sqrt);
  const scale = columnScale(problem);
  const m = tall ? design.rows : design.columns;
  const k = tall ? design.columns : design.rows;
  const qr = householderQr(
    tall ? weightedColumns(problem, root, scale) : weightedRows(problem, root, scale),
    m,
    k,
  );
  // Jacobi on R' for the transposed problem, so that in both cases x = V S^-1 U' c.
  const { scaledU, singular, v: right } = jacobiSvd(tall ? qr.r.slice() : transpose(qr.r, k), k);
  const largest = singular.reduce((a, b) => Math.max(a, b), 0);
  const kept = allColumns(k).filter((j) => singular[j] > m * Number.EPSILON * largest);

  const pseudoInverse = (c: Float64Array): Float64Array => {
    const x = new Float64Array(k);
    for (const j of kept) {
      let s = 0;
      for (let i = 0; i < k; i++) s += scaledU[j * k + i] * c[i];
      s /= singular[j] * singular[j];
      for (let i = 0; i < k; i++) x[i] += s * right[j * k + i];
    }
    return x;
  };
  const apply = (target: Float64Array): Float64Array => {
    const weighted = target.map((t, i) => root[i] * t);
    if (tall) {
      applyReflections(qr, weighted, true);
      return pseudoInverse(weighted.subarray(0, k)).map((b, j) => b * scale[j]);
    }
    const b = new Float64Array(m);
    b.set(pseudoInverse(weighted));
    applyReflections(qr, b, false);
    return b.map((x, j) => x * scale[j]);
  };
  return { rank: kept.length, apply };
}

/** The unit of every column, or 1 / norm where the norms are worlds apart in those units. */
function columnScale({ design, v, unit }: Problem): Float64Array {
  const root = v.map(Math.sqrt);
  const norms = new Float64Array(design.columns);
  const inUnits = new Float64Array(design.columns);
  for (let j = 0; j < design.columns; j++) {
    const x = columnOf(design, j);
    norms[j] = Math.sqrt(x.reduce((total, z, i) => total + (root[i] * z) ** 2, 0));
    inUnits[j] = norms[j] * (unit?.[j] ?? 1);
  }
  const positive = inUnits.filter((x) => x > 0);
  const graded =
    positive.reduce((a, b) => Math.max(a, b), 0) >
    GRADED * positive.reduce((a, b) => Math.min(a, b), Infinity);
  return norms.map((x, j) => (graded && x > 0 ? 1 / x : (unit?.[j] ?? 1)));
}

function columnOf(design: Problem['design'], j: number): Float64Array {
  const unit = new Float64Array(design.columns);
  unit[j] = 1;
  const column = new Float64Array(design.rows);
  design.addPrediction(unit, column);
  return column;
}

/** V^1/2 Z diag(scale), column-major. */
function weightedColumns({ design }: Problem, root: Float64Array, scale: Float64Array): Float64Array {
  const out = new Float64Array(design.rows * design.columns);
  for (let j = 0; j < design.columns; j++) {
    out.set(
      columnOf(design, j).map((z, i) => root[i] * z * scale[j]),
      j * design.rows,
    );
  }
  return out;
}

/** (V^1/2 Z diag(scale))', column-major: one column a row of Z. */
function weightedRows({ design }: Problem, root: Float64Array, scale: Float64Array): Float64Array {
  const { rows, columns } = design;
  const out = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++) {
    const column = design.column(j);
    for (let i = 0; i < rows; i++) out[i * columns + j] = root[i] * column[i] * scale[j];
  }
  return out;
}

function transpose(a: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let j = 0; j < k; j++) for (let i = 0; i < k; i++) out[i * k + j] = a[j * k + i];
  return out;
}
