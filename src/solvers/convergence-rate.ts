/** Factor by which each unverified step raises the predicted rate: the Hessian ages along the path. */
const AGEING = 1.25;

/**
 * The share of the violation that a step of a kept Hessian leaves, measured at the last verified step. A step can stay unverified if the
 * predicted violation is far below the tolerance; the certificate, computed from the data, decides. The prediction gets more careful with
 * each unverified step in a row.
 */
export class ConvergenceRate {
  private rate = Infinity;

  /** Records the violations before and after a step. */
  learn(before: number, after: number): void {
    this.rate = after / before;
  }

  /** The violation that a step will leave. */
  predict(before: number): number {
    return this.rate * before;
  }

  /** A step was not verified. */
  age(): void {
    this.rate *= AGEING;
  }
}
