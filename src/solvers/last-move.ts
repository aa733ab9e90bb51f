/** A move of coefficients and intercept (last), and the change of the loss's gradient (sign turned) that it made. */
export interface Move {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** Beyond this multiple of the last move nothing is concluded from it. */
const FARTHEST = 2;

/**
 * What the last lambda says of the next: along a path of a piecewise smooth solution a move grows with the drop of lambda, so
 * the next one is expected to be the last one times the ratio of the drops. What a model of the Hessian got wrong about the last
 * move it will then get wrong again, and that can be put right beforehand.
 */
export class LastMove {
  private move: Move | null = null;
  private lambda = Infinity;
  private drop = Infinity;

  /** Takes note of the move to the solution at lambda; the vectors are kept. */
  learn(lambda: number, move: Move): void {
    this.drop = this.lambda - lambda;
    this.lambda = lambda;
    this.move = move;
  }

  /** The move to expect on the way to `lambda`; null where there is nothing to compare with. */
  expect(lambda: number): Move | null {
    const share = (this.lambda - lambda) / this.drop;
    if (this.move === null || !(this.drop < Infinity) || !(share > 0 && share < FARTHEST)) return null;
    return { step: this.move.step.map((s) => share * s), change: this.move.change.map((y) => share * y) };
  }
}
