/** After this many steps in a row that lower neither objective nor violation, the rest is rounding. */
const MAX_IDLE_STEPS = 3;

/** A step that leaves more than this share of the violation requires a new Hessian. */
const SLOW = 0.7;

/** Steps per lambda that do not count towards the next Hessian. */
const FREE_STEPS = 1;

/** What a step is measured by. */
export interface Progress {
  readonly violation: number;
  /** NaN where it is not known: then the violation alone decides. */
  readonly objective: number;
}

/** Tells when the steps of a descent only move rounding about. */
export class IdleSteps {
  private inARow = 0;

  /** Takes note of a step. @returns whether so many in a row made no progress that the descent should end */
  areMany(before: Progress, after: Progress): boolean {
    const isLower = after.objective < before.objective - 8 * Number.EPSILON * Math.abs(before.objective);
    this.inARow = !isLower && after.violation > before.violation / 2 ? this.inARow + 1 : 0;
    return this.inARow === MAX_IDLE_STEPS;
  }
}

/**
 * The account of a Hessian that is kept along a path: the steps since it was built that a newer one might have saved. It is spent when they have cost
 * as much as a newer one would, or when they no longer contract.
 */
export class HessianAccount {
  private spent = Infinity;

  /** Whether there is a Hessian and its steps contract. */
  get isValid(): boolean {
    return this.spent < Infinity;
  }

  /** @param cost of a new Hessian, in steps */
  isSpent(cost: number): boolean {
    return this.spent >= cost;
  }

  /** Puts a step on the account. @param taken how many were taken before it at this lambda: the first ones are free */
  charge(taken: number): void {
    if (taken > FREE_STEPS) this.spent++;
  }

  /** The steps of this Hessian do not contract. */
  invalidate(): void {
    this.spent = Infinity;
  }

  /** Takes note of a step: where it leaves too much of the violation the Hessian is invalid. */
  note(before: number, after: number): void {
    if (after > SLOW * before) this.invalidate();
  }

  /** A Hessian was built. */
  renew(): void {
    this.spent = 0;
  }
}
