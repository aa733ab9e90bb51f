import type { PivotedFactor } from '../kernels/cholesky.js';
import type { Design } from '../kernels/design.js';
import { RowBlocks } from '../kernels/row-blocks.js';
import { SharedBlocks } from '../kernels/shared-blocks.js';
import { denseBeside } from '../kernels/shared-dense.js';
import { allColumns, type Problem } from '../problem/problem.js';
import type { Separation } from '../problem/separation.js';
import { PivotedSolve } from './pivoted-solve.js';
import { solveAll } from './solve-all.js';
import type { Solution, Solver } from './solver.js';

/** Solutions whose coefficients are made together, in one pass over the data. */
const TOGETHER = 100;

/**
 * Ridge with more columns than rows, for any family, as a ridge problem in at most as many columns as there are rows:
 * with K = Z D^-1 Z' = F F' the predictions Z b are F theta, the penalty b'D b is ||theta||^2, and b = D^-1 Z' F^-T theta.
 * Unpenalised columns stay beside F. Rows without weight take no part: theirs in F are zeros. Exact, and cheap: one kernel matrix and one pivoted Cholesky factorization.
 * @param solver what solves the reduced problem
 * Cost: rows^2 columns / 2 once, rows columns a lambda.
 * Source: Hastie and Tibshirani (2004), Biostatistics 5, 329-340.
 */
export function ridgeByRows(problem: Problem, solver: (reduced: Problem) => Solver): Solver {
  const { design, penalty } = problem;
  const free = allColumns(design.columns).filter((j) => penalty.factor[j] === 0);
  const inverseFactor = penalty.factor.map((f) => (f === 0 ? 0 : 1 / f));
  const isUniform = inverseFactor.every((f) => f === 1);
  const kernel = countingRows(design.outerGram(inverseFactor), problem.v);
  const factor = denseBeside(design).pivotedCholesky(kernel, design.rows);
  const reduced = solver(reducedProblem(problem, free, factor));
  const solve = new PivotedSolve(design).take(factor);
  /** The reduced solution behind a vector of coefficients. */
  const behind = new WeakMap<Float64Array, Solution>();

  const expand = (thetas: readonly Float64Array[]): Float64Array[] => {
    const duals = thetas.map((theta) => solve.dualOf(theta.subarray(free.length)));
    const betas = thetas.map(() => new Float64Array(design.columns));
    for (let k = 0; k < betas.length; k += TOGETHER) {
      design.gradients(duals.slice(k, k + TOGETHER), betas.slice(k, k + TOGETHER));
    }
    betas.forEach((beta, k) => {
      if (!isUniform) for (let j = 0; j < beta.length; j++) beta[j] *= inverseFactor[j];
      for (let u = 0; u < free.length; u++) beta[free[u]] = thetas[k][u];
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
        ...(separation && { separation: separationOnColumns(separation, free, beta) }),
      };
    });
  };

  return {
    name: `${reduced.name}-by-rows`,
    solve: (lambda, warm, stopping) => together([lambda], warm, stopping)[0],
    solveAll: together,
    extent: (curvature, shares) => reduced.extent?.(curvature, shares) ?? null,
  };
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

/** The columns behind a separation of the reduced problem: its own ones first, and all others where a combination of them takes part. */
function separationOnColumns({ columns }: Separation, free: Int32Array, beta: Float64Array): Separation {
  const isOwn = columns.every((c) => c < free.length);
  return { columns: isOwn ? columns.map((c) => free[c]) : allColumns(beta.length) };
}

function reducedProblem(problem: Problem, free: Int32Array, { factor, rank }: PivotedFactor): Problem {
  const { design } = problem;
  const columns = free.length + rank;
  const data = new Float64Array(design.rows * columns);
  free.forEach((j, u) => {
    data.set(design.column(j), u * design.rows);
  });
  data.set(factor, free.length * design.rows);
  const { unit: _, ...rest } = problem;
  return {
    ...rest,
    design: layOutBeside(design, columns, data),
    penalty: {
      l1Ratio: 0,
      factor: new Float64Array(columns).fill(1, free.length),
      lower: new Float64Array(columns).fill(-Infinity),
      upper: new Float64Array(columns).fill(Infinity),
    },
  };
}

/** The columns of the reduced problem where the design itself is: with the compiled kernels, or in blocks of its own. */
function layOutBeside(design: Design, columns: number, data: Float64Array): Design {
  const { rows } = design;
  if (!(design instanceof SharedBlocks)) return new RowBlocks(columns, [{ rows, columns, data }]);
  return SharedBlocks.layOut(design.engine, rows, columns, (j, from, out) => {
    out.set(data.subarray(j * rows + from, j * rows + from + out.length));
  });
}
