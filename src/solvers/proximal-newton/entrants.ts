import { joined, supportOf } from '../../linalg/vector.js';
import { kktDistanceAt } from '../../penalties/elastic-net.js';
import type { Problem } from '../../problem/problem.js';
import { firstToJoin } from '../screening/strongest.js';
import type { NewtonPoint } from './iterate.js';

/** Which columns join a working set, by what is known of the gradient at a point. */
export class Entrants {
  /** The smallest factor of what is penalised. */
  private readonly leastFactor: number;

  /** @param inside whether a column is in the working set */
  constructor(
    private readonly problem: Problem,
    private readonly point: NewtonPoint,
    private readonly inside: Uint8Array,
  ) {
    this.leastFactor = problem.penalty.factor.reduce(
      (least, f) => (f > 0 && f < least ? f : least),
      Infinity,
    );
  }

  /** Columns outside that may move where the gradient reaches this strength. */
  strong(strength: number): Int32Array {
    const { gradient, beta } = this.point;
    const { lower, upper } = this.problem.penalty;
    gradient.computeAbove(strength);
    return gradient.reaching(this.inside, strength, beta).filter((j) => lower[j] < upper[j]);
  }

  /** Whether a column may move where the gradient reaches this strength. */
  isStrong(j: number, strength: number): boolean {
    const { l1Ratio, factor, lower, upper } = this.problem.penalty;
    const { beta, gradient } = this.point;
    const level = strength * factor[j] * l1Ratio;
    return lower[j] < upper[j] && (beta[j] !== 0 || !(Math.abs(gradient.values[j]) < level));
  }

  /** Columns outside that are not right where they are, or may not be where gradients are known to `margin` only. */
  violators(lambda: number, violation: number, margin: number): Int32Array {
    const { beta, gradient } = this.point;
    const { penalty } = this.problem;
    const strength = lambda - margin / (penalty.l1Ratio * this.leastFactor);
    gradient.computeAbove(strength);
    return gradient.reaching(this.inside, strength, beta).filter((j) => {
      const slope = gradient.values[j];
      return kktDistanceAt(penalty, lambda, j, beta[j], slope + Math.sign(slope) * margin) > violation;
    });
  }

  /** Of some candidates the strongest, and all that are not 0. */
  first(candidates: Int32Array): Int32Array {
    const { beta, gradient } = this.point;
    const { factor, l1Ratio } = this.problem.penalty;
    // Without an l1 part nothing is 0 in the solution.
    if (l1Ratio === 0) return candidates;
    const started = candidates.filter((j) => beta[j] !== 0);
    const zeros = candidates.filter((j) => beta[j] === 0);
    return joined(started, firstToJoin(zeros, gradient.values, factor, supportOf(beta).length));
  }

  /** Columns that join, with `count` that are likely to be next; of a wide design most never join. */
  lookingAhead(columns: Int32Array, count: number): Int32Array {
    const { design, penalty } = this.problem;
    if (columns.length === 0 || design.columns > design.rows) return columns;
    for (const j of columns) this.inside[j] = 1;
    const next = this.point.gradient.strongest(this.inside, count);
    return joined(
      columns,
      next.filter((j) => penalty.lower[j] < penalty.upper[j]),
    );
  }
}
