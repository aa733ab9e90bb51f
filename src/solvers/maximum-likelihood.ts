import { linearPredictor, type Problem } from '../problem/problem.js';
import { ridgeByRows } from './dual-ridge.js';
import { minimumNormSolution } from './gaussian/least-squares.js';
import { quasiNewton } from './quasi-newton/solver.js';
import type { Solver } from './solver.js';

/**
 * Maximum likelihood without a penalty, by Newton's method; separation is named where no finite maximum exists.
 * Of all coefficients with the same predictions those of least norm are given, as least squares does.
 */
export function maximumLikelihood(problem: Problem): Solver {
  const { design } = problem;
  const wide = design.columns > design.rows;
  // With more columns than rows the problem is solved in the space of the rows; the factors only shape the norm.
  const factor = (problem.unit ?? new Float64Array(design.columns).fill(1)).map((u) => 1 / (u * u));
  const unit = { ...problem.penalty, l1Ratio: 0, factor };
  const inner = wide ? ridgeByRows({ ...problem, penalty: unit }, quasiNewton) : quasiNewton(problem);
  return {
    name: 'maximum-likelihood',
    solve(_lambda, warm, stopping) {
      const found = inner.solve(0, warm, stopping);
      const predictor = linearPredictor({ ...problem, offset: new Float64Array(design.rows) }, 0, found.beta);
      const { beta, rank } = minimumNormSolution(problem, predictor);
      return { ...found, beta: rank < design.columns && !wide ? beta : found.beta, rank };
    },
  };
}
