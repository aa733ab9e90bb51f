import type { FitReport } from '../fit/fit-report.js';
import { featureBlocks } from './feature-rows.js';
import { gateBlocks } from './gate-rows.js';
import { headline } from './headline.js';
import type { RenderOptions } from './render-options.js';
import { BEST_MARK, bestTestIndex, SELECTED_MARK, shownIndices, sweepRows } from './sweep-rows.js';
import { paragraph, type TextBlock, type WriteName } from './text-block.js';
import { certificate, trade } from './trade.js';

/** What the marks mean, and how much of the path is shown. */
function legend(report: FitReport, shown: number): TextBlock {
  const best = bestTestIndex(report) === null ? '' : `   ${BEST_MARK} smallest test error`;
  const count = report.path.length;
  const part = shown === count ? '' : `   ${shown} of ${count} lambdas; --rows all shows all`;
  return paragraph(`${SELECTED_MARK} selected${best}${part}`, 'quiet');
}

function sweepBlocks(report: FitReport, rows: number | 'all'): TextBlock[] {
  const shown = shownIndices(report, rows);
  return [
    { kind: 'heading', text: 'Error and sparsity by lambda' },
    { kind: 'table', table: sweepRows(report, shown) },
    legend(report, shown.length),
  ];
}

/** The whole report for readers, in reading order; `write` makes names harmless for the medium. */
export function fitBlocks(report: FitReport, options: RenderOptions, write: WriteName): TextBlock[] {
  const { table, rows, gates } = options;
  return [
    ...headline(report, write),
    ...(table === 'coefficients' ? [] : sweepBlocks(report, rows)),
    { kind: 'space' },
    trade(report),
    certificate(report),
    ...(table === 'path' ? [] : featureBlocks(report, rows)),
    ...gateBlocks(gates),
  ];
}
