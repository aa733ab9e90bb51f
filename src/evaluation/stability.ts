/** How far a distribution has shifted, and how far chance alone would shift it. */
export interface Stability {
  readonly psi: number;
  /** The value that samples of these sizes from one distribution exceed once in a thousand cases. */
  readonly chance: number;
}

/** The standard normal quantile of 0.999. */
const ONE_IN_A_THOUSAND = 3.0902;

/**
 * The population stability index over bins:
 *
 *     psi = sum_k (a_k - e_k) log(a_k / e_k)
 *
 * of the shares now (a) and in training (e). An empty bin counts as half a row, on either side, so that the index stays finite and a single
 * row in a bin that was empty does not dominate it. Usual reading: below 0.1 stable, up to 0.2 watch, above it shifted. For one and the
 * same distribution psi is nearly (1/n + 1/m) times chi-squared with bins - 1 degrees of freedom, so that few rows reach 0.2 by chance
 * alone.
 *
 * @param expected shares in training; @param trainingRows how many rows they are of
 * @param counts rows now, aligned with it
 * @returns null without rows
 * Source: Siddiqi (2006), Credit Risk Scorecards; Yurdakul (2018), Statistical Properties of Population Stability Index.
 */
export function stability(
  expected: readonly number[],
  trainingRows: number,
  counts: readonly number[],
): Stability | null {
  const rows = counts.reduce((a, b) => a + b, 0);
  if (rows === 0 || trainingRows === 0) return null;
  let psi = 0;
  expected.forEach((share, k) => {
    if (share === 0 && counts[k] === 0) return;
    const e = Math.max(share, 0.5 / trainingRows);
    const a = Math.max(counts[k] / rows, 0.5 / rows);
    psi += (a - e) * Math.log(a / e);
  });
  return { psi, chance: (1 / rows + 1 / trainingRows) * chiSquared(expected.length - 1) };
}

/** The 0.999 quantile. Source: Wilson and Hilferty (1931), PNAS 17; within 2% from one degree of freedom on. */
function chiSquared(degrees: number): number {
  if (degrees < 1) return 0;
  const variance = 2 / (9 * degrees);
  return degrees * (1 - variance + ONE_IN_A_THOUSAND * Math.sqrt(variance)) ** 3;
}
