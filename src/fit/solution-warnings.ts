import type { CertifiedSolution } from '../path/solve-path.js';
import type { Separation } from '../problem/separation.js';
import type { Prepared } from '../setup/prepare.js';
import { listed, type Warnings } from '../setup/warnings.js';

/** Lambdas shown in a warning before the rest is counted. */
const SHOWN_LAMBDAS = 8;

/** Warns about solutions that are not unique, do not exist or are not certified. Each warning is given once. */
export function warnAboutSolutions(
  path: readonly CertifiedSolution[],
  { features }: Pick<Prepared, 'features'>,
  tolerance: number,
  warnings: Warnings,
): void {
  const deficient = path.find(({ rank }) => rank !== undefined && rank < features.length);
  if (deficient !== undefined) {
    warnings.add(
      'rank-deficient',
      `lambda ${deficient.lambda}: the training rows have rank ${deficient.rank} in ${features.length} features, so many solutions are ` +
        'equally good; the one of smallest norm is given',
    );
  }
  const names = ({ columns }: Separation) => listed(Array.from(columns, (j) => features[j].name));
  const penalised = path.find(({ lambda, separation }) => lambda > 0 && separation !== undefined)?.separation;
  const unpenalised = path.find(
    ({ lambda, separation }) => lambda === 0 && separation !== undefined,
  )?.separation;
  if (penalised !== undefined) {
    warnings.add(
      'separation',
      `the classes are separated by features without a penalty (${names(penalised)}): their coefficients grow without end, so there is no ` +
        'optimum at any lambda and no row is certified; give these features a penalty or bounds, or leave them out (--exclude)',
    );
  } else if (unpenalised !== undefined) {
    const isOnly = path.every(({ lambda }) => lambda === 0);
    warnings.add(
      'separation',
      `lambda 0: without a penalty the classes are separated (by ${names(unpenalised)}): the coefficients grow without end, so there is no ` +
        `optimum and the row is not certified; ${isOnly ? 'choose --penalty ridge or lasso' : 'leave lambda 0 out'}`,
    );
  }
  warnUncertified(path, tolerance, warnings);
}

function warnUncertified(path: readonly CertifiedSolution[], tolerance: number, warnings: Warnings): void {
  const missed = path.filter(({ certified, separation }) => !certified && separation === undefined);
  if (missed.length === 0) return;
  const worst = missed.reduce((a, b) => (b.kkt > a.kkt ? b : a));
  const lambdas = missed
    .slice(0, SHOWN_LAMBDAS)
    .map(({ lambda }) => short(lambda))
    .join(', ');
  const rest = missed.length - SHOWN_LAMBDAS;
  warnings.add(
    'not-certified',
    `${missed.length} of ${path.length} solutions are not certified: the largest KKT violation is ${short(worst.kkt)} at lambda ${short(worst.lambda)}, ` +
      `above the tolerance ${tolerance}; raise --max-iterations or --tolerance (lambdas ${rest > 0 ? `${lambdas} and ${rest} more` : lambdas})`,
  );
}

/** As in the tables: a sentence should not have seventeen digits. */
function short(value: number): string {
  return value > 0 && value < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}
