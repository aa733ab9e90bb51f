const nearestFree = (wanted: number, picked: readonly number[], kept: ReadonlySet<number>): number => {
  let best = -1;
  for (let slot = 0; slot < picked.length; slot += 1) {
    if (kept.has(picked[slot])) continue;
    if (best < 0 || Math.abs(picked[slot] - wanted) < Math.abs(picked[best] - wanted)) best = slot;
  }
  return best;
};

const spread = (length: number, rows: number): number[] =>
  Array.from({ length: rows }, (_, slot) =>
    rows === 1 ? 0 : Math.round((slot * (length - 1)) / (rows - 1)),
  );

/**
 * `rows` of the indices 0 to `length` - 1, evenly spaced and in order, with those in `keep` among them: each takes the
 * place of its nearest neighbour. Where `rows` is too few for all of `keep`, those named first win.
 */
export function condense(length: number, rows: number | 'all', keep: readonly number[]): number[] {
  if (rows === 'all' || rows >= length) return Array.from({ length }, (_, index) => index);
  const count = Math.max(1, rows);
  const picked = spread(length, count);
  const kept = new Set([...new Set(keep)].slice(0, count));
  for (const index of kept) {
    if (!picked.includes(index)) picked[nearestFree(index, picked, kept)] = index;
  }
  return picked.sort((a, b) => a - b);
}
