// The few figures that sum up repeated runs.

/**
 * The median, the mean of the middle two for an even count.
 * @param {number[]} values at least one, in any order
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * How many times longer the peer took, run by run: both of a pair met the same machine, so its noise mostly cancels.
 * @param {number[]} ours seconds
 * @param {number[]} peers seconds, aligned with ours
 * @returns {{median: number, min: number, max: number}}
 */
export function pairedRatio(ours, peers) {
  const ratios = peers.map((seconds, i) => seconds / ours[i]);
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

/** |a - b| / |b|, and 0 when both are equal. */
export function relativeDifference(a, b) {
  return a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}

/** `count` positions spread evenly over 0 .. length - 1, the middles of `count` equal parts. */
export function thin(length, count) {
  const parts = Math.min(length, count);
  return Array.from({ length: parts }, (_, k) => Math.floor(((k + 0.5) * length) / parts));
}
