import { FAMILIES } from '../families/families.js';
import type { FamilyName } from '../families/family.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Warnings } from '../setup/warnings.js';
import type { PathPoint } from './fit-report.js';

type Asked = Pick<ResolvedOptions, 'lambda' | 'penalty' | 'l1Ratio' | 'standardizeTarget'>;

/**
 * Warns if the selected lambda is at an end of the path, so that a better one may lie beyond it, also for a list of the user. No warning if
 * there was no choice, or at lambda 0, the smallest possible value.
 * @param index of the selected solution
 */
export function warnAtEnds(
  path: readonly PathPoint[],
  index: number,
  asked: Asked & { readonly family: FamilyName },
  warnings: Warnings,
): void {
  const isChosen = path.length > 1 && !warnings.list.some(({ code }) => code === 'aicc-undefined');
  if (!isChosen) return;
  const point = path[index];
  const lambda = Number(point.lambda.toPrecision(4));
  if (index === 0) {
    warnings.add(
      'selected-largest-lambda',
      `the selected lambda ${lambda} is the largest of the path: ${beyondLargest(point, asked)}`,
    );
  }
  if (index === path.length - 1 && point.lambda > 0) {
    warnings.add(
      'selected-smallest-lambda',
      `the selected lambda ${lambda} is the smallest of the path: ${beyondSmallest(asked)}`,
    );
  }
}

function beyondLargest({ nonzero }: PathPoint, { lambda }: Asked): string {
  if (nonzero === 0) return 'no penalised feature takes part in the model';
  if (lambda.kind === 'grid') return 'the penalised features hardly take part in the model';
  return 'a larger one may do better; extend --lambda';
}

function beyondSmallest(asked: Parameters<typeof warnAtEnds>[2]): string {
  const { lambda, penalty, l1Ratio, standardizeTarget, family } = asked;
  if (lambda.kind === 'list') return 'a smaller one may do better; extend --lambda';
  const isRidge = penalty === 'ridge' || (penalty === 'elasticnet' && l1Ratio === 0);
  // If lambda is large because of the quadratic part, a grid made for the l1 part does not reach far enough.
  if (penalty === 'elasticnet' && !isRidge && FAMILIES[family].target === 'numbers' && !standardizeTarget) {
    return 'a smaller one may do better, and with --standardize-target the path does not depend on the unit of the target';
  }
  if (isRidge && lambda.minRatio === null) {
    return 'the penalty hardly matters there, so none at all may do as well; compare --penalty none';
  }
  return 'a smaller one may do better; give a smaller --lambda-min-ratio, or --lambda FROM:TO:COUNT';
}
