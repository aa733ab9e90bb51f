import { divided } from '../../linalg/vector.js';
import { bestOrder, distance, extrapolated, isRegular, MAX_ORDER } from '../extrapolation.js';

/** A move on the way to a lambda. */
interface MoveTo<M> {
  readonly move: M;
  readonly lambda: number;
  /** By how much lambda fell. */
  readonly drop: number;
}

/** Beyond this multiple of the last drop nothing is concluded from it. */
const FARTHEST = 2;

/**
 * What a model of the Hessian will get wrong about the next move of a path, by what it gets wrong about the last ones. With
 * moves s_k that changed the gradient by y_k while lambda fell by d_k, the errors (H s_k - y_k) / d_k change smoothly from
 * lambda to lambda on a grid that is even in log lambda, and are predicted by their differences; of these that order is taken
 * which would have come closest last time. Unlike the moves themselves the errors have hardly a kink where a coefficient
 * enters, for H has the better part of its move. Off an even grid the last error alone is taken, in proportion to the drop.
 */
export class ModelErrors<M> {
  /** The latest first. */
  private readonly moves: MoveTo<M>[] = [];
  private lambda = Infinity;

  /** Takes note of a move on the way to lambda; it is kept. */
  learn(lambda: number, move: M): void {
    const [drop, last] = [this.lambda - lambda, this.moves[0]];
    const follows = last !== undefined && isRegular(lambda, last.lambda, last.lambda + last.drop);
    this.moves.length = follows ? Math.min(this.moves.length, MAX_ORDER - 1) : 0;
    if (drop > 0 && drop < Infinity) this.moves.unshift({ move, lambda, drop });
    this.lambda = lambda;
  }

  /**
   * The error to expect on the way to `lambda`; null where there is nothing to go by.
   * @param errorOf H s - y by the model as it is now, NaN where y is not known: there less is concluded, or no error. Cost: that of it for each of the last four moves.
   */
  expect(lambda: number, errorOf: (move: M) => Float64Array): Float64Array | null {
    const [last] = this.moves;
    const drop = this.lambda - lambda;
    if (last === undefined || !(drop > 0 && drop < FARTHEST * last.drop)) return null;
    const regular = isRegular(lambda, last.lambda, last.lambda + last.drop);
    const errors = (regular ? this.moves : [last]).map(({ move, drop }) => divided(errorOf(move), drop));
    const earlier = errors.slice(1);
    const order = bestOrder(earlier.length, (k) =>
      distance(
        extrapolated(earlier, () => k),
        errors[0],
      ),
    );
    return extrapolated(errors, (j) => Math.min(order, knownFor(errors, j))).map((e) => drop * e);
  }
}

/** For how many of the last moves entry j is known. */
function knownFor(errors: readonly Float64Array[], j: number): number {
  let count = 0;
  while (count < errors.length && !Number.isNaN(errors[count][j])) count++;
  return count;
}
