import { maxAbs } from '../kernels/vector.js';

/** Differences of this order are the highest that are looked at: beyond it the errors of the solutions grow. */
const MAX_ORDER = 4;

/** How far the ratio of neighbouring lambdas may differ before the grid counts as irregular. */
const REGULAR = 1e-6;

/**
 * Where the next solution of a path is likely to be. Along a grid that is evenly spaced in log lambda the moves from warm start
 * to solution, d1 the last of them, change smoothly, so the next move is foretold by their differences:
 *
 *     order 1: d1      order 2: 2 d1 - d2      order 3: 3 d1 - 3 d2 + d3      order 4: 4 d1 - 6 d2 + 4 d3 - d4
 *
 * Of these that order is taken which would have come closest last time. Off a regular grid nothing is foretold.
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
    if (before === undefined || !(lambda > 0)) return null;
    if (!(Math.abs((lambda * before) / (last * last) - 1) < REGULAR)) return null;
    return this.extrapolated(Math.min(this.order, this.moves.length));
  }

  /** Takes note of a solution. @param move from warm start to solution; kept */
  learn(lambda: number, move: Float64Array): void {
    let least = Infinity;
    for (let order = 1; order <= this.moves.length; order++) {
      const error = maxAbs(this.extrapolated(order).map((x, j) => x - move[j]));
      if (error < least) {
        least = error;
        this.order = order;
      }
    }
    this.moves.unshift(move);
    this.lambdas.unshift(lambda);
    this.moves.length = Math.min(this.moves.length, MAX_ORDER);
    this.lambdas.length = Math.min(this.lambdas.length, 2);
  }

  private extrapolated(order: number): Float64Array {
    const out = new Float64Array(this.moves[0].length);
    let weight = -1;
    for (let k = 0; k < order; k++) {
      weight *= -(order - k) / (k + 1);
      const move = this.moves[k];
      for (let j = 0; j < out.length; j++) out[j] += weight * move[j];
    }
    return out;
  }
}
