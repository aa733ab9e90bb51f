/**
 * A family states a loss of the linear predictor eta and nothing about penalties or solvers.
 * All vectors have one entry a row; `v` are observation weights that sum to 1.
 */
export interface Family {
  readonly name: 'gaussian' | 'binomial';
  /** sum_i v_i loss(y_i, eta_i). */
  loss(y: Float64Array, eta: Float64Array, v: Float64Array): number;
  /** out_i = v_i (y_i - mean(eta_i)): minus the derivative of the loss by eta_i. */
  residual(y: Float64Array, eta: Float64Array, v: Float64Array, out: Float64Array): void;
  /** out_i = v_i times the second derivative of loss(y_i, .) at eta_i. */
  curvature(eta: Float64Array, v: Float64Array, out: Float64Array): void;
  /** The expected value of y at eta. */
  mean(eta: number): number;
}
