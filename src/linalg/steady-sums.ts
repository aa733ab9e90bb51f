/**
 * Sums of many numbers that keep all their digits: what rounding takes off a sum is given to the next number (Kahan 1965). A million
 * equal weights, added one by one, would be off by 1e-11, and by another amount for the rows of one level; then columns that depend on each
 * other would no longer do so in the sums.
 */

/** Rows whose products are added up without that. */
const BLOCK = 256;

/** sum_i x_i. */
export function steadySum(x: Float64Array): number {
  let total = 0;
  let excess = 0;
  for (let i = 0; i < x.length; i++) {
    const next = x[i] - excess;
    const raised = total + next;
    excess = raised - total - next;
    total = raised;
  }
  return total;
}

/** The sum of x_i over the rows of each place. @param places of each row, below `count`; -1 for none */
export function sumsByPlace(places: Int32Array, count: number, x: Float64Array): Float64Array {
  const totals = new Float64Array(count);
  const excess = new Float64Array(count);
  for (let i = 0; i < places.length; i++) {
    const k = places[i];
    if (k < 0) continue;
    const next = x[i] - excess[k];
    const raised = totals[k] + next;
    excess[k] = raised - totals[k] - next;
    totals[k] = raised;
  }
  return totals;
}

/** sum_i x_i y_i, block by block. */
export function dotByBlocks(x: Float64Array, y: Float64Array): number {
  const sums = new Float64Array(Math.ceil(x.length / BLOCK));
  for (let block = 0; block < sums.length; block++) {
    const end = Math.min(x.length, BLOCK * (block + 1));
    let total = 0;
    for (let i = BLOCK * block; i < end; i++) total += x[i] * y[i];
    sums[block] = total;
  }
  return steadySum(sums);
}
