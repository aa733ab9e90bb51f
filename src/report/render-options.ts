import type { GateResult } from '../gates/gate.js';

/** How a report is shown; everything is resolved by the caller, nothing is read from the environment. */
export interface RenderOptions {
  readonly format: 'table' | 'markdown' | 'csv' | 'json';
  /** Which table; csv holds one, so that `both` means `path` there. JSON has all. */
  readonly table: 'path' | 'coefficients' | 'both';
  /** How many lambdas, and how many features, the table and Markdown list. */
  readonly rows: number | 'all';
  /** As chalk has it: no colour, 16 colours, 256, millions. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Terminal columns. */
  readonly width: number;
  readonly gates: readonly GateResult[];
}

export const DEFAULT_ROWS = 20;
export const DEFAULT_WIDTH = 80;

/** What a caller of the library leaves out: the tables as a pipe would get them. */
export const DEFAULT_OPTIONS: RenderOptions = {
  format: 'table',
  table: 'both',
  rows: DEFAULT_ROWS,
  colorLevel: 0,
  width: DEFAULT_WIDTH,
  gates: [],
};
