import type { FitReport, Metrics, Warning } from '../fit/fit-report.js';
import type { Calibration, CalibrationBin } from '../metrics/calibration.js';
import type { Confusion } from '../metrics/confusion.js';
import type { RocCurve } from '../metrics/roc.js';

export type { Calibration, CalibrationBin, Confusion, RocCurve };

/** error: the model cannot be used as it is; warning: its predictions may be off; info: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

export const FINDING_CODES = [
  'column-missing',
  'type-changed',
  'unseen-levels',
  'unseen-class',
  'missing-share',
  'range-excess',
  'population-stability-index',
  'constant-now',
  'extra-column',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that differs from training. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The name is data and may be any string. */
  readonly column: string;
  /** The figure that was found; null where the finding has none. */
  readonly value: number | null;
  /** Its bound. */
  readonly bound: number | null;
  /** What was found, in a few words: levels, cells, types. Untrusted. */
  readonly detail: string;
  /** The whole sentence, with the remedy. */
  readonly message: string;
}

/** What a column is to the model. */
export type ColumnRole = 'feature' | 'target' | 'weights' | 'offset';

/** One column of the model as the file has it now. Figures that do not apply are null. */
export interface ColumnCheck {
  readonly name: string;
  readonly role: ColumnRole;
  /** Whether the model needs it: features whose coefficients are all 0 are not needed. */
  readonly needed: boolean;
  readonly type: 'numeric' | 'text';
  /** `mixed`: numbers with some cells that are none; null: the file has no such column. */
  readonly found: 'numeric' | 'text' | 'mixed' | null;
  readonly missingShare: number | null;
  /** In training; null where the model does not say. */
  readonly missingShareTraining: number | null;
  readonly psi: number | null;
  /** The psi that chance alone exceeds once in a thousand cases. */
  readonly psiChance: number | null;
  /** Share of the values outside the training range. */
  readonly rangeExcess: number | null;
  /** How far outside the farthest of them is, in training deviations. */
  readonly rangeDistance: number | null;
  /** Share of the cells whose level (of the target: class) was not seen in training. */
  readonly unseen: number | null;
}

/** How a model does on the rows of a file, and how these rows differ from those it was trained on. */
export interface EvaluateReport {
  readonly version: string;
  readonly model: FitReport['model'] & { readonly source: string; readonly lambda: number };
  readonly data: {
    readonly source: string;
    readonly rows: number;
    /** Rows that the metrics are of. */
    readonly rowsUsed: number;
    /** Rows without a target, or with a class that the model does not know. */
    readonly rowsUnlabelled: number;
    /** Rows with a label but without a prediction or a weight. */
    readonly rowsUnscored: number;
    /** Whether this is the file that the model was trained on. */
    readonly isTrainingFile: boolean;
  };
  readonly target: FitReport['target'];
  /** Which column weighted the rows; null: each counts once. */
  readonly weights: string | null;
  readonly metrics: Metrics | null;
  /** The same of the model that knows only the mean, or the class rate, of the training rows. */
  readonly baseline: Metrics | null;
  /** What the model file says of its own training and test rows. */
  readonly training: { readonly train: Metrics; readonly test: Metrics | null };
  /** Binomial only, as are the next two. */
  readonly confusion: Confusion | null;
  readonly calibration: Calibration | null;
  readonly roc: RocCurve | null;
  readonly columns: readonly ColumnCheck[];
  /** Errors first, then warnings, then the rest; within them in the order of the model's columns. */
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
  /** Why the requested metrics are missing; null if they are there or were not requested. */
  readonly refusal: string | null;
}
