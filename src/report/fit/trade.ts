import type { FitReport, PathPoint } from '../../fit/fit-report.js';
import { errorOf } from '../../fit/fit-report.js';
import type { SelectionRule } from '../../options/vocabulary.js';
import { familyWords } from '../metrics.js';
import { paragraph, type TextBlock } from '../text/block.js';
import { formatFigure } from '../text/format-number.js';
import { uncertified, violations } from './certificates.js';
import { errorFormat } from './sweep.js';

const RULES: Readonly<Record<SelectionRule, string>> = {
  test: 'smallest test error',
  cv: 'smallest cross-validated error',
  'cv-1se': 'largest lambda within one standard error of the smallest cross-validated error',
  aicc: 'smallest AICc',
};

const NO_AICC = 'the largest, for the AICc is undefined at every lambda';

/** Too few training rows: the rule selected nothing. */
function hasNoAicc({ warnings }: FitReport): boolean {
  return warnings.some(({ code }) => code === 'aicc-undefined');
}

function others(report: FitReport, format: (point: Pick<PathPoint, 'train' | 'test'>) => string): string {
  const last = report.path.length - 1;
  const smallest = report.path[last];
  const where =
    smallest.lambda === 0
      ? 'without a penalty (lambda 0)'
      : `at the smallest lambda (${formatFigure(smallest.lambda)})`;
  const alone = `${format(report.baseline)} for the ${familyWords(report).baseline}`;
  return last === report.selected.index ? alone : `${format(smallest)} ${where} and ${alone}`;
}

/** One sentence that compares the selected solution with the smallest lambda and the baseline. */
function sentence(report: FitReport): string {
  const { rule, index, lambda } = report.selected;
  const point = report.path[index];
  const figure = errorFormat(report);
  const format = ({ train, test }: Pick<PathPoint, 'train' | 'test'>) => figure(errorOf(test ?? train));
  const rows = point.test === null ? 'train' : 'test';
  const why = report.path.length === 1 ? '' : ` (${hasNoAicc(report) ? NO_AICC : RULES[rule]})`;
  const size = `${point.nonzero} of ${report.features.length} features`;
  const error = `${rows} ${familyWords(report).error} ${format(point)}`;
  return `Selected lambda ${formatFigure(lambda)}${why}: ${size}, ${error} against ${others(report, format)}.`;
}

/** Which rows chose lambda, and so how far the error of the selected row can be trusted. */
function chooser(report: FitReport): string {
  if (report.path.length === 1 || hasNoAicc(report)) return '';
  if (report.selected.rule === 'test')
    return ' The test rows chose this lambda, so their error there is optimistic.';
  if (report.selected.rule === 'aicc') return ' The training rows chose this lambda.';
  return ' Cross-validation on the training rows chose this lambda.';
}

/** The trade-off between error and sparsity in words. */
export function trade(report: FitReport): TextBlock {
  return paragraph(sentence(report) + chooser(report));
}

/** How many solutions are certified, with the largest violation of the KKT conditions and the tolerance. */
export function certificate(report: FitReport): TextBlock {
  const missed = uncertified(report);
  if (missed !== null) return paragraph(`${missed.count} (✗): ${missed.why}`, 'bad');
  const count = report.path.length;
  return paragraph(
    `${count === 1 ? 'The solution is' : `All ${count} solutions are`} certified: ${violations(report)}`,
    'good',
  );
}
