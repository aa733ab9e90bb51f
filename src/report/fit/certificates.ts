import type { FitReport, PathPoint } from '../../fit/fit-report.js';
import { formatFigure, formatScientific } from '../text/format-number.js';

/** The solutions of a path that have no certificate, why, and what can be done. */
export interface Uncertified {
  /** `3 of 100 solutions are not certified`. */
  readonly count: string;
  readonly why: string;
  readonly remedy: string;
}

/** Null where all solutions are certified. */
export function uncertified(report: FitReport): Uncertified | null {
  const { path, warnings } = report;
  const missed = path.filter(({ certified }) => !certified).length;
  if (missed === 0) return null;
  const count = `${missed} of ${path.length} solutions are not certified`;
  if (warnings.some(({ code }) => code === 'separation')) {
    const why = 'the classes are separated by features without a penalty, so no optimum exists';
    return { count, why, remedy: 'penalise or bound these features, or leave them out' };
  }
  return { count, why: violations(report), remedy: 'raise --max-iterations or --tolerance' };
}

/** The largest violation of the KKT conditions on the path, and the tolerance. */
export function violations({ path, tolerance }: FitReport): string {
  const worst = formatScientific(largestViolation(path), 2);
  return `largest KKT violation ${worst} (tolerance ${formatFigure(tolerance)})`;
}

/** NaN wins: a violation that cannot be computed is not a small one. */
export function largestViolation(path: readonly PathPoint[]): number {
  return path.reduce((worst, { kkt }) => Math.max(worst, kkt), 0);
}
