/** Armijo's share of the predicted decrease, and how often a step may be halved. */
const SUFFICIENT_DECREASE = 1e-4;
const MAX_HALVINGS = 40;

/**
 * Takes a step, halved until the objective falls by its share of what was promised; back to the start where it never does.
 * @param objectiveAt goes to start + t step and gives the objective there
 * @param start the objective before the step
 * @param promised the decrease that the model promises the whole step; where that is none, the objective must only not rise
 * @returns t, or 0. Source: Armijo (1966), Pacific J. Math. 16, 1-3.
 */
export function backtrack(objectiveAt: (t: number) => number, start: number, promised: number): number {
  const rounding = 8 * Number.EPSILON * Math.abs(start);
  const share = SUFFICIENT_DECREASE * Math.max(promised, 0);
  for (let halvings = 0, t = 1; halvings < MAX_HALVINGS; halvings++, t /= 2) {
    if (objectiveAt(t) <= start - share * t + rounding) return t;
  }
  objectiveAt(0);
  return 0;
}

/**
 * Whether a decrease is a sufficient share of what was promised. Near a solution the difference of two objectives is rounding, where the mean
 * of the slopes at both ends still tells it. Source: Hager and Zhang (2005), SIAM J. Optim. 16, 170-192, (4.1).
 */
export function suffices(decrease: number, promised: number): boolean {
  return decrease >= SUFFICIENT_DECREASE * Math.max(promised, 0);
}
