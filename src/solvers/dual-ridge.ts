import { Blocks } from '../design/blocks.js';
import type { Design } from '../design/design.js';
import type { PivotedFactor } from '../linalg/cholesky.js';
import { Dense } from '../linalg/dense.js';
import { gather } from '../linalg/vector.js';
import type { ElasticNet } from '../penalties/elastic-net.js';
import { allColumns, type Problem, withoutBounds } from '../problem/problem.js';
import type { Separation } from '../problem/separation.js';
import { PivotedSolve } from './pivoted-solve.js';
import { solveAll } from './solve-all.js';
import type { Solution, Solver } from './solver.js';

/** Solutions whose coefficients are made together, in one pass over the data. */
const TOGETHER = 100;

/**
 * Ridge with more columns than rows, for any family, as a ridge problem in at most as many columns as there are rows:
 * with K = Z D^-1 Z' = F F' the predictions Z b are F theta, the penalty b'D b is ||theta||^2, and b = D^-1 Z' F^-T theta.
 * Columns that are unpenalised or bounded stay beside F. Rows without weight take no part: theirs in F are zeros. Exact, and cheap: one kernel matrix and one pivoted Cholesky factorization.
 * @param solver what solves the reduced problem
 * Cost: rows^2 columns / 2 once, rows columns a lambda.
 * Source: Hastie and Tibshirani (2004), Biostatistics 5, 329-340.
 */
export function ridgeByRows(problem: Problem, solver: (reduced: Problem) => Solver): Solver {
  const { design, penalty } = problem;
  const beside = columnsBeside(penalty);
  const inverseFactor = penalty.factor.map((f) => 1 / f);
  for (const j of beside) inverseFactor[j] = 0;
  const isUniform = inverseFactor.every((f) => f === 1);
  const kernel = countingRows(design.outerGram(inverseFactor), problem.v);
  const factor = new Dense(design.engine).pivotedCholesky(kernel, design.rows);
  const inRows = reducedProblem(problem, beside, factor);
  const reduced = solver(inRows);
  const solve = new PivotedSolve(design).take(factor);
  /** The reduced solution behind a vector of coefficients. */
  const behind = new WeakMap<Float64Array, Solution>();

  const expand = (thetas: readonly Float64Array[]): Float64Array[] => {
    const duals = thetas.map((theta) => solve.dualOf(theta.subarray(beside.length)));
    const betas = thetas.map(() => new Float64Array(design.columns));
    for (let k = 0; k < betas.length; k += TOGETHER) {
      design.gradients(duals.slice(k, k + TOGETHER), betas.slice(k, k + TOGETHER));
    }
    betas.forEach((beta, k) => {
      if (!isUniform) for (let j = 0; j < beta.length; j++) beta[j] *= inverseFactor[j];
      for (let u = 0; u < beside.length; u++) beta[beside[u]] = thetas[k][u];
    });
    return betas;
  };

  const together: NonNullable<Solver['solveAll']> = (lambdas, warm, stopping, onSolved) => {
    const start = warm === null ? null : (behind.get(warm.beta) ?? null);
    const found = solveAll(reduced, lambdas, start, stopping, onSolved);
    return expand(found.map(({ beta }) => beta)).map((beta, k) => {
      behind.set(beta, found[k]);
      const { separation } = found[k];
      return {
        ...found[k],
        beta,
        ...(separation && { separation: separationOnColumns(separation, beside, beta) }),
      };
    });
  };

  return {
    name: `${reduced.name}-by-rows`,
    solve: (lambda, warm, stopping) => together([lambda], warm, stopping)[0],
    solveAll: together,
    extent: (curvature, shares) =>
      (reduced.extent ?? solver(withoutBounds(inRows)).extent)?.(curvature, shares) ?? null,
  };
}

/** The columns of a ridge that can be no part of F. */
export function columnsBeside({ factor, lower, upper }: ElasticNet): Int32Array {
  return allColumns(factor.length).filter(
    (j) => factor[j] === 0 || lower[j] > -Infinity || upper[j] < Infinity,
  );
}

/** The kernel matrix with zeros for rows without weight: they would add columns to F that nothing is learned of. */
function countingRows(kernel: Float64Array, v: Float64Array): Float64Array {
  const size = v.length;
  const idle = allColumns(size).filter((i) => v[i] === 0);
  for (const i of idle) {
    kernel.fill(0, i * size, (i + 1) * size);
    for (let k = 0; k < size; k++) kernel[k * size + i] = 0;
  }
  return kernel;
}

/** The columns behind a separation of the reduced problem: where a combination takes part, all that it is of. */
function separationOnColumns({ columns }: Separation, beside: Int32Array, beta: Float64Array): Separation {
  const own = new Set(beside);
  const moved = Array.from(
    columns.filter((c) => c < beside.length),
    (c) => beside[c],
  );
  const isOwn = moved.length === columns.length;
  const combined = isOwn ? [] : allColumns(beta.length).filter((j) => !own.has(j));
  return { columns: Int32Array.from([...moved, ...combined]).sort() };
}

function reducedProblem(problem: Problem, beside: Int32Array, { factor, rank }: PivotedFactor): Problem {
  const { design, penalty } = problem;
  const columns = beside.length + rank;
  const data = new Float64Array(design.rows * columns);
  beside.forEach((j, u) => {
    data.set(design.column(j), u * design.rows);
  });
  data.set(factor, beside.length * design.rows);
  const { unit: _, ...rest } = problem;
  return {
    ...rest,
    design: layOutBeside(design, columns, data),
    penalty: {
      l1Ratio: 0,
      factor: extended(gather(penalty.factor, beside), columns, 1),
      lower: extended(gather(penalty.lower, beside), columns, -Infinity),
      upper: extended(gather(penalty.upper, beside), columns, Infinity),
    },
  };
}

/** A vector with the same number behind it, so often that it has `length` entries. */
function extended(x: Float64Array, length: number, value: number): Float64Array {
  const out = new Float64Array(length).fill(value);
  out.set(x);
  return out;
}

/** The columns of the reduced problem, beside the design. */
function layOutBeside(design: Design, columns: number, data: Float64Array): Design {
  const { rows } = design;
  return Blocks.layOut(design.engine, rows, columns, (j, from, out) => {
    out.set(data.subarray(j * rows + from, j * rows + from + out.length));
  });
}
