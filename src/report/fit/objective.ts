import type { FitReport } from '../../fit/fit-report.js';
import type { PenaltyName } from '../../options/vocabulary.js';
import { formatFigure } from '../text/format-number.js';

const LOSSES = {
  gaussian: '1/(2W) Σ w (y − η)²',
  binomial: '1/W Σ w (log(1 + e^η) − y η)',
} as const;

/** What each penalty adds to the loss. @param squares how the sum of squares is written */
const TERMS: Readonly<Record<PenaltyName, (squares: string, l1Ratio: number) => string>> = {
  none: () => '',
  lasso: () => ' + λ ‖b‖₁',
  ridge: (squares) => ` + λ/2 ${squares}`,
  elasticnet: (squares, l1Ratio) => {
    if (l1Ratio === 1) return TERMS.lasso(squares, l1Ratio);
    if (l1Ratio === 0) return TERMS.ridge(squares, l1Ratio);
    return ` + λ (${formatFigure(l1Ratio)} ‖b‖₁ + ${formatFigure((1 - l1Ratio) / 2)} ${squares})`;
  },
};

function penaltyTerm({ penalty, l1Ratio, standardizeTarget }: FitReport['model']): string {
  return TERMS[penalty](standardizeTarget ? '‖b‖₂²/sd(y)' : '‖b‖₂²', l1Ratio);
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
