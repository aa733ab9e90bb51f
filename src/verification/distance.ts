/**
 * The largest relative difference between the numbers of two values of the same structure; the largest possible number if anything else
 * differs, or a part is missing. 0 for equal values.
 */
export function distance(a: unknown, b: unknown): number {
  if (Object.is(a, b)) return 0;
  if (typeof a === 'number' && typeof b === 'number') return relative(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Number.MAX_VALUE;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  if (left.length !== right.size) return Number.MAX_VALUE;
  return left.reduce(
    (most, [key, value]) =>
      Math.max(most, right.has(key) ? distance(value, right.get(key)) : Number.MAX_VALUE),
    0,
  );
}

function relative(a: number, b: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b));
  const share = Math.abs(a - b) / size;
  return a === b ? 0 : Number.isFinite(share) ? share : Number.MAX_VALUE;
}
