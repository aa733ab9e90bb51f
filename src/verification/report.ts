/** What is held against the training file. */
export const CHECK_CODES = [
  'data',
  'problem',
  'rows',
  'target',
  'split',
  'features',
  'standardization',
  'columns',
  'coefficients',
  'certificate',
  'objective',
  'metrics',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

/** One thing that was looked at. */
export interface VerifyCheck {
  readonly code: CheckCode;
  /** What it means, in a few words. */
  readonly meaning: string;
  /** What the model says, and what the file says; for numbers that are compared, the largest difference and its bound. */
  readonly expected: string | number;
  readonly found: string | number | null;
  readonly passed: boolean;
}

/** Whether a model is the optimum of its training file. */
export interface VerifyReport {
  readonly version: string;
  /** With the certificate that its fit was asked for. */
  readonly model: { readonly source: string; readonly lambda: number; readonly tolerance: number };
  /** The largest KKT violation of an optimum in this verification. */
  readonly tolerance: number;
  readonly data: { readonly source: string; readonly rows: number };
  /** Every check passed. */
  readonly verified: boolean;
  readonly checks: readonly VerifyCheck[];
  /** What was not checked, and why. */
  readonly notChecked: readonly string[];
}
