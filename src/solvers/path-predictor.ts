/** The weights of the last moves, by order. Beyond the last order the errors of the solutions would grow. */
const WEIGHTS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]] as const;
const MAX_ORDER = WEIGHTS.length - 1;

/** How far the ratio of neighbouring lambdas may differ before the grid counts as irregular. */
const REGULAR = 1e-6;

/**
 * Where the next solution of a path is likely to be. Along a grid that is evenly spaced in log lambda the moves from warm start
 * to solution, d1 the last of them, change smoothly, so the next move is foretold by their differences:
 *
 *     order 1: d1      order 2: 2 d1 - d2      order 3: 3 d1 - 3 d2 + d3      order 4: 4 d1 - 6 d2 + 4 d3 - d4
 *
 * Of these that order is taken which would have come closest last time, and a lower one for a coefficient that has moved
 * for fewer lambdas: the first of its moves began between two. Off a regular grid nothing is foretold.
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
      const error = this.extrapolated(order).reduce((total, x, j) => total + Math.abs(x - move[j]), 0);
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
    return this.moves[0].map((_, j) => {
      const weights = WEIGHTS[Math.min(order, this.movedFor(j))];
      let total = 0;
      for (let k = 0; k < weights.length; k++) total += weights[k] * this.moves[k][j];
      return total;
    });
  }

  /** For how many lambdas coefficient j has moved all along; no limit where no rest is known. */
  private movedFor(j: number): number {
    const { moves } = this;
    if (moves[0][j] === 0) return 0;
    for (let k = 1; k < moves.length; k++) if (moves[k][j] === 0) return Math.max(1, k - 1);
    return MAX_ORDER;
  }
}
