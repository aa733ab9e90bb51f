import type { FitReport } from '../../fit/fit-report.js';
import { formatFigure } from '../text/format-number.js';

const LOSSES = {
  gaussian: '1/(2W) Σ w (y − η)²',
  binomial: '1/W Σ w (log(1 + e^η) − y η)',
} as const;

function penaltyTerm({ penalty, l1Ratio, standardizeTarget }: FitReport['model']): string {
  if (penalty === 'none') return '';
  if (l1Ratio === 1) return ' + λ ‖b‖₁';
  const squares = standardizeTarget ? '‖b‖₂²/sd(y)' : '‖b‖₂²';
  if (l1Ratio === 0) return ` + λ/2 ${squares}`;
  return ` + λ (${formatFigure(l1Ratio)} ‖b‖₁ + ${formatFigure((1 - l1Ratio) / 2)} ${squares})`;
}

function lambdaRange({ path }: FitReport): string {
  const first = formatFigure(path[0].lambda);
  if (path.length === 1) return `lambda ${first}`;
  return `${path.length} lambdas from ${first} to ${formatFigure(path[path.length - 1].lambda)}`;
}

/** The problem that is solved, in one line: family, penalty, what is minimised, scaling. */
export function problemWords(model: FitReport['model']): string {
  const { family, penalty, l1Ratio, standardize, standardizeTarget, intercept } = model;
  const name = penalty === 'none' ? 'without a penalty' : penalty;
  const mix = penalty === 'elasticnet' ? ` (l1Ratio ${formatFigure(l1Ratio)})` : '';
  const parts = [
    `${family} ${name}${mix}: minimise ${LOSSES[family]}${penaltyTerm(model)}`,
    standardize ? 'standardized' : 'not standardized',
    ...(standardizeTarget ? ['target standardized for the penalty'] : []),
    ...(intercept ? [] : ['no intercept']),
  ];
  return parts.join(', ');
}

/** The problem that was solved at each lambda of a path, in one line. */
export function objective(report: FitReport): string {
  return `${problemWords(report.model)}, ${lambdaRange(report)}`;
}
