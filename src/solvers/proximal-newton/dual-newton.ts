import { axpy, dot, minus, pick, sequence } from '../../linalg/vector.js';
import { kktDistance, proximal, type Separable } from '../../penalties/elastic-net.js';
import type { RowSystem } from './row-system.js';

/** A step may leave this share of its length of the dual gradient at most, and of what is asked for if that is more exact: a step costs passes over the data. */
const STEP_SHARE = 0.1;

/** A search ends where the slope is this share of the first, or after so many trials. */
const FLAT = 0.1;
const MOST_TRIALS = 60;

/** Of what the length of the dual gradient says of the violation: beyond so many times what may be left it is not looked at. */
const FAR = 10;

/** A step that raises the dual by less than this share of it may be rounding; after so many of those in a row that do not shorten its gradient it is. */
const TINY = 1e-14;
const MOST_IDLE = 5;

/** What is minimised: Newton's model of the loss, H = Z_A' R P R Z_A of a row system, and a penalty. */
export interface RowModel {
  readonly system: RowSystem;
  readonly columns: Int32Array;
  /** Minus the derivative of the model at the start, length |A|. */
  readonly g: Float64Array;
  readonly start: Float64Array;
  /** The diagonal of H for a standardized column: the unit of curvature. */
  readonly unit: number;
}

/** The end of a minimisation. */
export interface DualEnd {
  /** Has exact zeros and is within its bounds. */
  readonly b: Float64Array;
  /** Minus the derivative of the model at b. */
  readonly slope: Float64Array;
  /** 'steps': there was no more leave for any; 'rounding': no step came closer. */
  readonly by: 'tolerance' | 'rounding' | 'steps';
}

/**
 * minimise  1/2 (b - start)' H (b - start) - g'(b - start) + sum_j P_j(b_j) + pull/2 |b - centre|^2,
 * P_j(b) = l1_j |b| + l2_j/2 b^2 within bounds, l2_j + pull > 0, by Newton's method on its dual in one unknown x_i for each row:
 *
 *     maximise  -1/2 |x|^2 - sum_j max_b (u_j b - P_j(b) - pull/2 (b - centre_j)^2 - u_j start_j),   u = g + Z_A' R P x.
 *
 * The inner maximum is at b_j(u_j): soft threshold, shrink, clamp. Its slope is 1 / (l2_j + pull) where b_j is neither 0 nor at a bound and 0
 * elsewhere, so that a Newton step is a linear system with the columns that are free. The dual is strongly concave and made of finitely many
 * quadratic pieces, and a step goes where it is largest along it: it ends at the maximum after finitely many steps, whatever the start.
 * Source: Li, Sun and Toh (2018), SIAM J. Optim. 28, 433-458; Sun (1997), J. Optim. Theory Appl. 94, for the end.
 */
export class DualNewton {
  private readonly x: Float64Array;
  private readonly u: Float64Array;
  /** Steps taken in all. */
  steps = 0;

  constructor(private readonly model: RowModel) {
    this.x = new Float64Array(model.system.rows);
    this.u = model.g.slice();
  }

  /**
   * Goes on from the dual point of the last time.
   * @param penalty with l2_j + pull in place of l2_j; @param pulled pull centre_j
   * @param violation the largest KKT distance that may be left, given b
   */
  minimise(
    penalty: Separable,
    pulled: Float64Array,
    violation: (b: Float64Array) => number,
    maxSteps: number,
  ): DualEnd {
    const { model, x, u } = this;
    const { system, columns, start } = model;
    const root = Math.sqrt(model.unit);
    let [shortest, idle] = [Infinity, 0];
    for (let step = 0; ; step++) {
      const b = this.primal(penalty, pulled);
      const f = system.forth(columns, minus(start, b));
      axpy(-1, x, f);
      const length = Math.sqrt(dot(f, f));
      const asked = violation(b);
      if (length * root <= FAR * asked) {
        const slope = this.slopeAt(f);
        if (worst(penalty, b, slope, pulled) <= asked) return { b, slope, by: 'tolerance' };
      }
      if (step >= maxSteps || idle >= MOST_IDLE || !(length > 0)) {
        return { b, slope: this.slopeAt(f), by: step >= maxSteps ? 'steps' : 'rounding' };
      }
      const share = STEP_SHARE * Math.min(1, asked / (length * root));
      const free = freeOf(penalty, b);
      const c = Float64Array.from(free, (a) => 1 / penalty.l2[a]);
      const direction = system.solve(pick(columns, free), c, f, share * length);
      const change = system.back(columns, direction);
      const t = this.reach(penalty, pulled, direction, change);
      const isTiny = t * dot(f, direction) <= TINY * dot(x, x);
      idle = isTiny && length > shortest / 2 ? idle + 1 : 0;
      shortest = Math.min(shortest, length);
      axpy(t, direction, x);
      axpy(t, change, u);
      this.steps++;
    }
  }

  /** b_j(u_j) for each coefficient. */
  private primal(penalty: Separable, pulled: Float64Array): Float64Array {
    const { u } = this;
    const b = new Float64Array(u.length);
    for (let a = 0; a < b.length; a++) b[a] = proximal(penalty, a, u[a] + pulled[a], 0);
    return b;
  }

  /** Minus the derivative of the model at b(u). @param f the dual gradient there */
  private slopeAt(f: Float64Array): Float64Array {
    const slope = this.model.system.back(this.model.columns, f);
    axpy(1, this.u, slope);
    return slope;
  }

  /** How far along a direction the dual rises, at most 1. @param change of u */
  private reach(
    penalty: Separable,
    pulled: Float64Array,
    direction: Float64Array,
    change: Float64Array,
  ): number {
    const { x, u } = this;
    const { start } = this.model;
    const [linear, square] = [dot(x, direction), dot(direction, direction)];
    const slope = (t: number): number => {
      let total = -linear - t * square;
      for (let a = 0; a < u.length; a++) {
        if (change[a] === 0) continue;
        total -= change[a] * (proximal(penalty, a, u[a] + pulled[a] + t * change[a], 0) - start[a]);
      }
      return total;
    };
    let [low, high] = [0, 1];
    let [above, below] = [slope(0), slope(1)];
    const flat = FLAT * above;
    // Where rounding hides the rise, or the fall behind the maximum, the step is taken as it is.
    if (!(above > 0 && below < -flat)) return 1;
    let t = 1;
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      // Between the secant and the middle, so that neither end stays where it is.
      t = low + ((high - low) * (above / (above - below) + 0.5)) / 2;
      const here = slope(t);
      if (Math.abs(here) <= flat) break;
      if (here > 0) [low, above] = [t, here];
      else [high, below] = [t, here];
    }
    return t;
  }
}

/** The largest KKT distance at b. @param slope minus the derivative of the loss there */
export function worst(
  penalty: Separable,
  b: Float64Array,
  slope: Float64Array,
  pulled: Float64Array | null = null,
): number {
  let largest = 0;
  for (let a = 0; a < b.length; a++) {
    const total = pulled === null ? slope[a] : slope[a] + pulled[a];
    largest = Math.max(largest, kktDistance(penalty, a, b[a], total));
  }
  return largest;
}

/** The coefficients that follow u: neither at a threshold nor at a bound. */
function freeOf({ l1, lower, upper }: Separable, b: Float64Array): Int32Array {
  return sequence(b.length).filter((a) => (b[a] !== 0 || l1[a] === 0) && b[a] > lower[a] && b[a] < upper[a]);
}
