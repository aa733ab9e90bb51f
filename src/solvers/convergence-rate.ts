/** What an untested step is thought to add to the rate of the next: the model ages as the path goes on. */
const AGEING = 1.25;

/**
 * To what share of the violation the steps of a kept Hessian bring it, by the last one that was tested. So a step
 * can be left untested where what it leaves is predicted to be far below what is asked for; the certificate, which is taken
 * from the data, decides. The more steps in a row are left untested, the less is predicted.
 */
export class ConvergenceRate {
  private rate = Infinity;

  /** Takes note of the violations before and after a step. */
  learn(before: number, after: number): void {
    this.rate = after / before;
  }

  /** The violation that a step will leave. */
  predict(before: number): number {
    return this.rate * before;
  }

  /** A step was left untested. */
  age(): void {
    this.rate *= AGEING;
  }
}
