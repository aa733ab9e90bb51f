import { pivotedCholesky } from '../kernels/cholesky.js';
import type { Design } from '../kernels/design.js';
import { RowBlocks } from '../kernels/row-blocks.js';
import { SharedBlocks } from '../kernels/shared-blocks.js';
import { allColumns, type Problem, type Solution, type Solver } from './problem.js';

/**
 * Ridge with more columns than rows, for any family, as a ridge problem in at most as many columns as there are rows:
 * with K = Z D^-1 Z' = F F' the predictions Z b are F theta, the penalty b'D b is ||theta||^2, and b = D^-1 Z' F^-T theta.
 * Unpenalised columns stay beside F. Exact, and cheap: one kernel matrix and one pivoted Cholesky factorization.
 * @param solver what solves the reduced problem
 * Cost: rows^2 columns / 2 once, rows columns a lambda.
 * Source: Hastie and Tibshirani (2004), Biostatistics 5, 329-340.
 */
export function ridgeByRows(problem: Problem, solver: (reduced: Problem) => Solver): Solver {
  const { design, penalty } = problem;
  const free = allColumns(design.columns).filter((j) => penalty.factor[j] === 0);
  const inverseFactor = penalty.factor.map((f) => (f === 0 ? 0 : 1 / f));
  const { factor, pivots, rank } = pivotedCholesky(design.outerGram(inverseFactor), design.rows);
  const reduced = solver(reducedProblem(problem, free, factor, rank));
  let last: Solution | null = null;

  const expand = (theta: Float64Array): Float64Array => {
    const dual = new Float64Array(design.rows);
    solveTransposed(factor, design.rows, pivots, theta.subarray(free.length)).forEach((x, k) => {
      dual[pivots[k]] = x;
    });
    const beta = new Float64Array(design.columns);
    design.gradient(dual, beta);
    for (let j = 0; j < beta.length; j++) beta[j] *= inverseFactor[j];
    free.forEach((j, u) => {
      beta[j] = theta[u];
    });
    return beta;
  };

  return {
    name: `${reduced.name}-by-rows`,
    solve(lambda, warm, stopping) {
      last = reduced.solve(lambda, warm === null ? null : last, stopping);
      return { ...last, beta: expand(last.beta) };
    },
  };
}

function reducedProblem(problem: Problem, free: Int32Array, factor: Float64Array, rank: number): Problem {
  const { design } = problem;
  const columns = free.length + rank;
  const data = new Float64Array(design.rows * columns);
  free.forEach((j, u) => {
    data.set(design.column(j), u * design.rows);
  });
  data.set(factor, free.length * design.rows);
  return {
    ...problem,
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

/** Solves L' x = theta with L the pivot rows of the factor (lower triangular). */
function solveTransposed(
  factor: Float64Array,
  rows: number,
  pivots: Int32Array,
  theta: Float64Array,
): Float64Array {
  const x = theta.slice();
  for (let k = x.length - 1; k >= 0; k--) {
    for (let i = k + 1; i < x.length; i++) x[k] -= factor[k * rows + pivots[i]] * x[i];
    x[k] /= factor[k * rows + pivots[k]];
  }
  return x;
}
