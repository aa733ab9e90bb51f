export type FamilyName = 'gaussian' | 'binomial';

/**
 * A family states a loss of the linear predictor eta and nothing about penalties or solvers.
 * All vectors have one entry a row; `v` are observation weights that sum to 1.
 */
export interface Family {
  readonly name: FamilyName;
  /** What is predicted: numbers, or one of two classes, coded 0 and 1. */
  readonly target: 'numbers' | 'classes';
  /** Whether the second derivative of the loss is 1 at every eta: a solver then needs only the moments of the rows. */
  readonly isQuadratic: boolean;
  /** Whether an optimum may not exist, because a direction separates the rows by their target and the loss keeps falling along it. */
  readonly canSeparate: boolean;
  /** The name of its loss in the compiled kernels; null if they have none, and the functions below do everything. */
  readonly kernels: 'gaussian' | 'binomial' | null;
  /** The error in the metrics divided by the loss: the mean squared error is twice the mean loss. */
  readonly errorPerLoss: number;
  /** Parameters of the distribution beside the coefficients, such as a variance. */
  readonly dispersions: number;
  /** sum_i v_i loss(y_i, eta_i). */
  loss(y: Float64Array, eta: Float64Array, v: Float64Array): number;
  /** out_i = v_i (y_i - mean(eta_i)): minus the derivative of the loss by eta_i. */
  residual(y: Float64Array, eta: Float64Array, v: Float64Array, out: Float64Array): void;
  /** out_i = v_i times the second derivative of loss(y_i, .) at eta_i. */
  curvature(eta: Float64Array, v: Float64Array, out: Float64Array): void;
  /** The expected value of y at eta. */
  mean(eta: number): number;
  /** The eta of an expected value; not finite where no eta has it. */
  link(mean: number): number;
  /** -2 log likelihood of n rows whose mean error (mse, logLoss) is given, up to what does not depend on the model. */
  deviance(error: number, n: number): number;
}
