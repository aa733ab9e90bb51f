import type { GateResult } from '../gates/gate.js';
import { ANYTHING, checked, oneOf } from './arguments.js';
import { fittedOf } from './fitted.js';
import type { FitReport } from './reports.js';
import { inOptionWords, said } from './words.js';

/** How a fit is shown; nothing is read from the environment. */
export interface RenderOptions {
  /** Default table. */
  readonly format?: 'table' | 'markdown' | 'csv' | 'json';
  /** Which table; csv holds one, so that `both` (the default) means `path` there. JSON has all. */
  readonly table?: 'path' | 'coefficients' | 'both';
  /** How many rows of its lists the table and Markdown show. Default 20. */
  readonly rows?: number | 'all';
  /** 0 (the default): no colour; 1: 16 colours; 2: 256; 3: millions. */
  readonly colorLevel?: 0 | 1 | 2 | 3;
  /** Columns of the terminal. Default 80. */
  readonly width?: number;
  readonly gates?: readonly GateResult[];
}

const isWhole = (value: unknown) => Number.isInteger(value) && (value as number) >= 1;

const KINDS = {
  format: oneOf(['table', 'markdown', 'csv', 'json']),
  table: oneOf(['path', 'coefficients', 'both']),
  rows: {
    accepts: (value: unknown) => value === 'all' || isWhole(value),
    words: 'a whole number from 1, or "all"',
  },
  colorLevel: { accepts: (value: unknown) => [0, 1, 2, 3].includes(value as number), words: '0, 1, 2 or 3' },
  width: { accepts: isWhole, words: 'a whole number from 1' },
  gates: ANYTHING,
};

/** A fit as text, in chunks that end with a line end. `format: 'json'` gives the JSON of the command line. */
export async function renderFit(report: FitReport, options: RenderOptions = {}): Promise<Iterable<string>> {
  return said(async () => {
    const core = fittedOf(report).outcome.report;
    const warnings = core.warnings.map((warning) => ({
      ...warning,
      message: inOptionWords(warning.message),
    }));
    const { renderFit: renderCore } = await import('../report/render.js');
    return renderCore({ ...core, warnings }, checked(options, KINDS));
  });
}
