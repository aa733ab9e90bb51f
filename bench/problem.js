// The problem of a case as options. shrinkfit and the scripts of the peers call them alike.

/**
 * What is solved: the textbook problem of shrinkfit. All but the penalty may be left out.
 * @typedef {object} Problem
 * @property {'lasso' | 'ridge' | 'elasticnet'} penalty
 * @property {number} [l1Ratio] of an elastic net
 * @property {number[]} [lambdas] instead of a grid
 * @property {number} [lambdaCount] length of the grid
 * @property {boolean} [weights] are the rows weighted by column `w`?
 * @property {boolean} [nonnegative]
 * @property {Record<string, number>} [lower] by column, on its original scale
 * @property {Record<string, number>} [upper]
 * @property {Record<string, number>} [factors] of the penalty, by column
 * @property {boolean} [standardize] false: the columns are not scaled
 * @property {boolean} [intercept] false: there is none
 */

/** @param {Problem} problem @returns {string[]} */
export function problemArguments(problem) {
  const { penalty, l1Ratio, lambdas, lambdaCount, weights, nonnegative, standardize, intercept } = problem;
  const byColumn = [
    ['--lower', problem.lower],
    ['--upper', problem.upper],
    ['--penalty-factor', problem.factors],
  ];
  return [
    ...['--penalty', penalty],
    ...(l1Ratio === undefined ? [] : ['--l1-ratio', String(l1Ratio)]),
    ...(lambdas === undefined ? [] : ['--lambda', lambdas.join(',')]),
    ...(lambdaCount === undefined ? [] : ['--lambda-count', String(lambdaCount)]),
    ...(weights ? ['--weights', 'w'] : []),
    ...(nonnegative ? ['--nonnegative'] : []),
    ...byColumn.flatMap(([option, values]) => (values === undefined ? [] : [option, pairs(values)])),
    ...(standardize === false ? ['--no-standardize'] : []),
    ...(intercept === false ? ['--no-intercept'] : []),
  ];
}

function pairs(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
