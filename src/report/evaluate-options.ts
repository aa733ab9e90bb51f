import type { GateResult } from '../gates/gate.js';
import type { RenderOptions } from './render-options.js';

export type EvaluateTable = 'all' | 'metrics' | 'confusion' | 'calibration' | 'roc' | 'findings' | 'columns';

/** How an evaluation is to be shown. */
export interface EvaluateRenderOptions {
  readonly format: RenderOptions['format'];
  /** csv has one table, so that `all` means `metrics` there; `roc` is for csv. JSON has everything. */
  readonly table: EvaluateTable;
  readonly rows: number | 'all';
  readonly gates: readonly GateResult[];
  readonly width: number;
  readonly colorLevel: RenderOptions['colorLevel'];
}
