import type { LossState } from '../../problem/loss-state.js';
import type { Problem } from '../../problem/problem.js';
import { byOne, type Decomposed, product } from './cauchy-schwarz-bound.js';
import { strongest } from './strongest.js';

/** Where more than this share of the columns has to be looked at, all are, and bounds start anew from there. */
const RENEWED_SHARE = 0.25;

/** Share of the strength asked for from which on columns are listed where all are looked at. */
const LISTED = 0.5;

/** A level that is fallen short of is renewed this much lower, so that it serves for a while. */
const LOWER = 0.9;

/** Rounding of a bound, generously: a shortlist must not miss a column that its bound would admit. */
const ROUNDING = 1e-9;

/** A point whose gradient is known for all columns. */
interface Reference {
  readonly residual: Float64Array;
  readonly gradient: Float64Array;
  /** |residual|^2 in the norm 1/v. */
  readonly square: number;
  /** The columns whose gradient is a strength of `level` or more, ascending: only their bounds are computed. */
  shortlist: Int32Array;
  level: number;
}

/**
 * The gradient of the loss, of those columns only where it may matter. From a reference r0 of which all gradients are known, the
 * gradient of column j at a residual r is bounded without a look at the data (`cauchy-schwarz-bound.ts`). Along a path residuals mostly shrink,
 * which the multiple of r0 accounts for, so a reference serves several lambdas. With fewer columns than rows there are no bounds, and what is
 * not known is evaluated.
 */
export class ScreenedGradient {
  /** By column; of use where `isKnown`. */
  readonly values: Float64Array;
  /** The moment at which a column was evaluated last. */
  private readonly seen: Int32Array;
  private moment = 1;
  /** The columns that are known, in the order in which they were learnt, and how many: all but such that do not reach `floor`. */
  private readonly listed: Int32Array;
  private count = 0;
  private floor = 0;
  private readonly list: Int32Array;
  private readonly norms: Float64Array | null;
  /** The largest |z_j| / factor_j of what is penalised. */
  private readonly longest: number;
  private reference: Reference | null = null;

  constructor(
    private readonly problem: Problem,
    private readonly state: LossState,
  ) {
    const { design, v } = problem;
    this.values = new Float64Array(design.columns);
    this.seen = new Int32Array(design.columns);
    this.listed = new Int32Array(design.columns);
    this.list = new Int32Array(design.columns);
    this.norms = design.columns > design.rows ? design.columnSquares(v).map(Math.sqrt) : null;
    this.longest = this.norms === null ? 0 : longestOf(this.norms, problem.penalty.factor);
  }

  isKnown(j: number): boolean {
    return this.seen[j] === this.moment;
  }

  /**
   * The columns that are known and not marked whose gradient is strength l1Ratio factor_j or more in size, or whose coefficient is not 0,
   * ascending. @param marked length columns, like beta
   */
  reaching(marked: Uint8Array, strength: number, beta: Float64Array): Int32Array {
    return this.chosen(marked, 0, strength, beta).sort();
  }

  /** The same with the columns that are known and marked, in no order. */
  markedOrReaching(marked: Uint8Array, strength: number, beta: Float64Array): Int32Array {
    return this.chosen(marked, 1, strength, beta);
  }

  /**
   * Of the columns that are known, not marked and penalised the `count` with the largest |gradient_j| / factor_j, ascending.
   */
  strongest(marked: Uint8Array, count: number): Int32Array {
    const { factor } = this.problem.penalty;
    this.listDownTo(0);
    const others = this.listed.slice(0, this.count).filter((j) => marked[j] === 0 && factor[j] > 0);
    return strongest(others, this.values, factor, count).sort();
  }

  /** @param wanted 1 where marked ones are chosen */
  private chosen(marked: Uint8Array, wanted: 0 | 1, strength: number, beta: Float64Array): Int32Array {
    const { list, listed, values } = this;
    const { l1Ratio, factor } = this.problem.penalty;
    const level = strength * l1Ratio;
    this.listDownTo(strength);
    let count = 0;
    for (let k = 0; k < this.count; k++) {
      const j = listed[k];
      const reaches = beta[j] !== 0 || !(Math.abs(values[j]) < level * factor[j]);
      if (marked[j] === 1 ? wanted === 1 : reaches) list[count++] = j;
    }
    return list.slice(0, count);
  }

  /** Lists what is known but too weak to be listed yet. */
  private listDownTo(strength: number): void {
    if (!(strength < this.floor)) return;
    const { listed, seen, moment } = this;
    this.count = 0;
    for (let j = 0; j < seen.length; j++) if (seen[j] === moment) listed[this.count++] = j;
    this.floor = 0;
  }

  /** The point has moved, and of the gradient there this is known. @param gradient of the columns; may be longer */
  moved(columns: Int32Array, gradient: Float64Array): void {
    this.moment++;
    this.count = 0;
    this.floor = 0;
    this.learn(columns, gradient, 0);
  }

  /** Makes known every column whose gradient may be strength l1Ratio factor_j or more in size. */
  computeAbove(strength: number): void {
    const wanted = this.mayReach(strength);
    if (wanted.length === 0) return;
    const isMany = wanted.length > RENEWED_SHARE * this.values.length;
    const columns = isMany ? this.unknown() : wanted;
    const gradient = new Float64Array(columns.length);
    this.state.gradientOf(columns, gradient);
    if (isMany) this.floor = LISTED * strength;
    this.learn(columns, gradient, isMany ? this.floor : 0);
    if (isMany && this.norms !== null) this.refer();
  }

  /** Columns that are not known and whose bound reaches the threshold, ascending. */
  private mayReach(strength: number): Int32Array {
    const { reference, norms, list, seen, moment } = this;
    if (reference === null || norms === null) return this.unknown();
    const { l1Ratio, factor } = this.problem.penalty;
    const { gradient } = reference;
    const { c: share, rest: distance } = this.since(reference);
    const level = strength * l1Ratio;
    const shortlist = this.shortlisted(reference, level, share, distance);
    let count = 0;
    for (let a = 0; a < shortlist.length; a++) {
      const j = shortlist[a];
      const isBelow = Math.abs(share * gradient[j]) + distance * norms[j] < level * factor[j];
      if (!isBelow && seen[j] !== moment) list[count++] = j;
    }
    return list.slice(0, count);
  }

  /**
   * The columns whose bound may reach `level`, and some more: |share| |z_j'r0| / factor_j falls short of the level by no more than the longest
   * column can make good. Cost: next to nothing while the level stays above that of the list.
   */
  private shortlisted(reference: Reference, level: number, share: number, distance: number): Int32Array {
    const short = (level * (1 - ROUNDING) - distance * this.longest * (1 + ROUNDING)) / Math.abs(share);
    if (short >= reference.level) return reference.shortlist;
    // What is not a number, or not above 0, leaves nobody out.
    reference.level = short > 0 ? LOWER * short : 0;
    const { list } = this;
    const { factor } = this.problem.penalty;
    const { gradient } = reference;
    let count = 0;
    for (let j = 0; j < gradient.length; j++) {
      if (!(Math.abs(gradient[j]) < reference.level * factor[j])) list[count++] = j;
    }
    reference.shortlist = list.slice(0, count);
    return reference.shortlist;
  }

  private unknown(): Int32Array {
    const { list, seen, moment } = this;
    let count = 0;
    for (let j = 0; j < seen.length; j++) if (seen[j] !== moment) list[count++] = j;
    return list.slice(0, count);
  }

  /** The present residual by that of the reference. */
  private since({ residual, square }: Reference): Decomposed {
    return byOne(this.problem.v, residual, square, this.state.rowResiduals());
  }

  private refer(): void {
    const residual = this.state.rowResiduals().slice();
    const square = product(this.problem.v, residual, residual);
    const nobody = { shortlist: new Int32Array(0), level: Number.NaN };
    this.reference = { residual, gradient: this.values.slice(), square, ...nobody };
  }

  /** @param floor strength below which a column is not listed */
  private learn(columns: Int32Array, gradient: Float64Array, floor: number): void {
    const { values, seen, listed, moment } = this;
    const { l1Ratio, factor } = this.problem.penalty;
    const level = floor * l1Ratio;
    for (let a = 0; a < columns.length; a++) {
      const j = columns[a];
      values[j] = gradient[a];
      if (seen[j] !== moment && !(Math.abs(gradient[a]) < level * factor[j])) listed[this.count++] = j;
      seen[j] = moment;
    }
  }
}

function longestOf(norms: Float64Array, factor: Float64Array): number {
  let longest = 0;
  for (let j = 0; j < norms.length; j++) if (factor[j] > 0) longest = Math.max(longest, norms[j] / factor[j]);
  return longest;
}
