/** What is compared with the training file. */
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

/** One check. */
export interface VerifyCheck {
  readonly code: CheckCode;
  /** What it means, in a few words. */
  readonly meaning: string;
  /** The values in the model and from the file; for compared numbers, the bound and the largest difference. */
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
