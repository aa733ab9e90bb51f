import type { Problem } from '../../problem/problem.js';

/** Work of a Hessian (rows columns^2) from which on a last step may be left untested. */
const LARGE = 1e7;

/** A step is left untested where so many times the violation that it should leave is still right. */
const MARGIN = 3;

/** How the share of the violation that steps leave may grow from one to the next, and what it is never taken to be below. */
const GROWTH = 1.5;
const LEAST_SHARE = 1e-4;

/** What of that share is remembered where a step leaves less. */
const MEMORY = 1 / 4;

/** Which last steps of a lambda need not be tested, by what the tested ones left of the violation. The certificate tells what they were worth. */
export class UntestedSteps {
  /** What share of the violation the tested steps left of late, and how many were not tested since. */
  private share = 1;
  private inARow = 0;
  private readonly isAllowed: boolean;

  constructor({ design: { rows, columns }, penalty }: Problem) {
    // Where classes are separated by unpenalised columns each step has to be tested.
    this.isAllowed = rows * columns * columns > LARGE && penalty.factor.every((f) => f > 0);
  }

  /** Whether a step from such a violation is sure to leave no more than what is asked for. */
  isSure(violation: number, asked: number): boolean {
    return this.isAllowed && MARGIN * this.share * GROWTH ** this.inARow * violation <= asked;
  }

  /** A step was left untested. */
  add(): void {
    this.inARow++;
  }

  /** Takes note of the violations before and after a step that was tested. */
  learn(before: number, after: number): void {
    this.share = Math.max(after / before, MEMORY * this.share, LEAST_SHARE);
    this.inARow = 0;
  }
}
