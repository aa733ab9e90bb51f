import { axpy, dot } from '../../linalg/vector.js';

/** Steps that are remembered. */
const REMEMBERED = 8;

/** A pair says something while its curvature stands out of rounding. */
const LEAST_CURVATURE = 1e-10;

/** A step and the change of the gradient (of the loss alone, sign turned) that it made. */
interface Secant {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** Whether the curvature along the step is more than rounding. */
  readonly standsOut: boolean;
}

/**
 * What the last steps showed of the Hessian of the loss, as corrections to a model of it: limited-memory BFGS about any base.
 * The penalty's part of each change is added when it is known, so that steps at one lambda serve the next.
 * Source: Nocedal (1980), Math. Comp. 35, 773-782; Nocedal and Wright (2006), algorithm 7.4.
 */
export class SecantMemory {
  private readonly secants: Secant[] = [];

  /** Forgets everything: the base has changed. */
  clear(): void {
    this.secants.length = 0;
  }

  /** Whether no step says anything. */
  get isEmpty(): boolean {
    return !this.secants.some(({ standsOut }) => standsOut);
  }

  /** Takes note of a step; both vectors are kept. */
  learn(step: Float64Array, change: Float64Array): void {
    this.secants.push(secantOf(step, change));
    if (this.secants.length > REMEMBERED) this.secants.shift();
  }

  /**
   * The step for a gradient.
   * @param gradient minus the derivative of the objective; not changed
   * @param ridge curvature of the penalty, per coefficient
   * @param base applies the inverse of the base, penalty included
   * Cost: that of `base`, and a few passes over the vectors for each step remembered.
   */
  solve(
    gradient: Float64Array,
    ridge: Float64Array,
    base: (gradient: Float64Array) => Float64Array,
  ): Float64Array {
    const rest = gradient.slice();
    const used = this.secants
      .filter(({ standsOut }) => standsOut)
      .map(({ step, change }) => {
        const whole = change.slice();
        for (let j = 0; j < whole.length; j++) whole[j] += ridge[j] * step[j];
        return { step, whole, inverse: 1 / dot(step, whole), share: 0 };
      });
    for (const secant of [...used].reverse()) {
      secant.share = secant.inverse * dot(secant.step, rest);
      axpy(-secant.share, secant.whole, rest);
    }
    const out = base(rest);
    for (const { step, whole, inverse, share } of used) {
      axpy(share - inverse * dot(whole, out), step, out);
    }
    return out;
  }
}

function secantOf(step: Float64Array, change: Float64Array): Secant {
  const size = Math.sqrt(dot(step, step) * dot(change, change));
  return { step, change, standsOut: dot(step, change) > LEAST_CURVATURE * size };
}
