import type { FitReport } from '../../fit/fit-report.js';
import type { FitViewOptions } from '../options.js';
import { paragraph, type TextBlock, type WriteName } from '../text/block.js';
import { featureBlocks } from './features.js';
import { headline } from './headline.js';
import { BEST_MARK, bestTestIndex, SELECTED_MARK, shownIndices, sweepRows } from './sweep.js';
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

/** The whole report for readers, in reading order; `write` escapes names for the medium. */
export function blocks(
  report: FitReport,
  { table, rows }: Pick<FitViewOptions, 'table' | 'rows'>,
  write: WriteName,
): TextBlock[] {
  return [
    ...headline(report, write),
    ...(table === 'coefficients' ? [] : sweepBlocks(report, rows)),
    { kind: 'space' },
    trade(report),
    certificate(report),
    ...(table === 'path' ? [] : featureBlocks(report, rows)),
  ];
}
