import type { GateResult } from '../gates/gate.js';

/** How any result is shown; everything is resolved by the caller, nothing is read from the environment. */
export interface ViewOptions {
  readonly format: 'table' | 'markdown' | 'csv' | 'json';
  /** As chalk has it: no colour, 16 colours, 256, millions. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Terminal columns. */
  readonly width: number;
  /** Empty for commands that have none. */
  readonly gates: readonly GateResult[];
}

/** How many rows of its lists the table and Markdown show. */
interface Listed {
  readonly rows: number | 'all';
}

/** How a fit is shown. */
export interface FitViewOptions extends ViewOptions, Listed {
  /** Which table; csv holds one, so that `both` means `path` there. JSON has all. */
  readonly table: 'path' | 'coefficients' | 'both';
}

export type EvaluateTable = 'all' | 'metrics' | 'confusion' | 'calibration' | 'roc' | 'findings' | 'columns';

/** How an evaluation is shown. */
export interface EvaluateViewOptions extends ViewOptions, Listed {
  /** csv has one table, so that `all` means `metrics` there; `roc` is for csv. JSON has everything. */
  readonly table: EvaluateTable;
}

/** How a comparison is shown. */
export interface DiffViewOptions extends ViewOptions, Listed {
  /** csv: which table. */
  readonly table: 'figures' | 'features';
}

/** How a model is shown. */
export interface InspectViewOptions extends ViewOptions, Listed {
  /** csv has one table, so that `both` means `coefficients` there. */
  readonly table: 'coefficients' | 'schema' | 'both';
}

export const DEFAULT_ROWS = 20;
export const DEFAULT_WIDTH = 80;
