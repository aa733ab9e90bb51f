import type { FitReport } from '../fit/fit-report.js';
import { fitBlocks } from './fit-blocks.js';
import type { RenderOptions } from './render-options.js';
import { terminalText } from './terminal-text.js';

/** The report for a terminal of `options.width` columns. */
export function fitTable(report: FitReport, options: RenderOptions): Generator<string> {
  return terminalText((write) => fitBlocks(report, options, write), options);
}
