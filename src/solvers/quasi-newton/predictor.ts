import { bestOrder, distance, extrapolated, isRegular, MAX_ORDER } from '../extrapolation.js';

/**
 * Where the next solution of a path is likely to be. Along a grid that is evenly spaced in log lambda the moves from warm start
 * to solution, d1 the last of them, change smoothly, so the next move is predicted by their differences (`solvers/extrapolation.ts`).
 * Of these that order is taken which would have come closest last time, and a lower one for a coefficient that has moved
 * for fewer lambdas: the first of its moves began between two. Off a regular grid nothing is predicted.
 * It is a start and nothing more: what it says is checked by whoever solves. Cost: columns times orders a lambda.
 */
export class PathPredictor {
  /** The moves of the last lambdas, the latest first. */
  private readonly moves: Float64Array[] = [];
  private readonly lambdas: number[] = [];
  private order = 1;

  /** The move from the warm start that is likely at `lambda`; null where there is nothing to go by. */
  predict(lambda: number): Float64Array | null {
    const [last, before] = this.lambdas;
    if (before === undefined || !isRegular(lambda, last, before)) return null;
    return this.extrapolated(Math.min(this.order, this.moves.length));
  }

  /** Takes note of a solution. @param move from warm start to solution; kept */
  learn(lambda: number, move: Float64Array): void {
    this.order = bestOrder(this.moves.length, (order) => distance(this.extrapolated(order), move));
    this.moves.unshift(move);
    this.lambdas.unshift(lambda);
    this.moves.length = Math.min(this.moves.length, MAX_ORDER);
    this.lambdas.length = Math.min(this.lambdas.length, 2);
  }

  private extrapolated(order: number): Float64Array {
    return extrapolated(this.moves, (j) => Math.min(order, this.movedFor(j)));
  }

  /** For how many lambdas coefficient j has moved all along; no limit where no rest is known. */
  private movedFor(j: number): number {
    const { moves } = this;
    if (moves[0][j] === 0) return 0;
    for (let k = 1; k < moves.length; k++) if (moves[k][j] === 0) return Math.max(1, k - 1);
    return MAX_ORDER;
  }
}
