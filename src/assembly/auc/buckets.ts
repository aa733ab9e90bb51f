// The area under the ROC curve where every row counts once: the number of pairs, of a positive and a negative row, that are
// in the right order. Nothing is sorted. Negative scores are put into buckets by their size, and a positive score is above
// all of the lower buckets and is compared with those in its own.

/** In a bucket of more than this the comparisons would cost as much as sorting. */
const MOST: u32 = 128;

/** Added to a double from 0 to 2^31, leaves it rounded in the lowest bits. */
const INTEGER: f64 = 4503599627370496.0;

/**
 * The area, from counts alone and therefore exact before its last division; -1 where the scores do not spread over buckets
 * (many ties, an infinite one).
 * @param rows all of them, of which `positives` (y is 1) and `negatives` (y is 0) have weight 1, and the rest 0; neither is 0
 * @param scratch 24 bytes a row and 128
 */
export function areaByBuckets(
  rows: u32,
  eta: usize,
  y: usize,
  w: usize,
  positives: u32,
  negatives: u32,
  scratch: usize,
): f64 {
  divide(rows, eta, y, w, scratch);
  const low = smallest(scratch, negatives, 1);
  const high = -smallest(scratch, negatives, -1);
  let last: u32 = 16;
  while (last < negatives) last <<= 1;
  const scale = <f64>last / (high - low);
  if (!(scale > 0 && scale < Infinity)) return -1;
  const sorted = scratch + (<usize>rows << 3);
  const starts = sorted + (<usize>(negatives + 4) << 3);
  if (!fillBuckets(scratch, negatives, low, scale, last, sorted, starts)) return -1;
  const first = scratch + (<usize>(rows - positives) << 3);
  const won = pairsWon(first, positives, low, scale, last, sorted, starts);
  return <f64>won / 2 / (<f64>positives * <f64>negatives);
}

/** Negative scores to the front of `out`, positive ones to its end; rows of weight 0 to neither. */
function divide(rows: u32, eta: usize, y: usize, w: usize, out: usize): void {
  let front = out;
  let back = out + (<usize>rows << 3) - 8;
  const end = <usize>rows << 3;
  for (let i: usize = 0; i < end; i += 8) {
    const score = f64.load(eta + i);
    const counts = <usize>(f64.load(w + i) > 0);
    const positive = <usize>(f64.load(y + i) == 1) & counts;
    // Without a branch, which would be mispredicted at every other row: the next score overwrites what does not belong.
    f64.store(front, score);
    f64.store(back, score);
    front += (counts ^ positive) << 3;
    back -= positive << 3;
  }
}

/** The smallest of sign * x. */
function smallest(x: usize, count: u32, sign: f64): f64 {
  const turn = f64x2.splat(sign);
  const end = x + (<usize>count << 3);
  let least = f64x2.splat(Infinity);
  for (; x + 16 <= end; x += 16) least = f64x2.pmin(least, f64x2.mul(turn, v128.load(x)));
  if (x < end) least = f64x2.pmin(least, f64x2.mul(turn, v128.load64_splat(x)));
  const a = f64x2.extract_lane(least, 0);
  const b = f64x2.extract_lane(least, 1);
  return a < b ? a : b;
}

/**
 * The bucket of the score at `x`: 0 to `last`. Each operation, rounded, is monotone in the score; so a score in a higher bucket
 * is greater, and equal scores share theirs.
 */
// @ts-ignore: decorator
@inline
function bucketOf(x: usize, low: f64, scale: f64, last: u32): usize {
  const place = f64x2.mul(f64x2.sub(v128.load64_splat(x), f64x2.splat(low)), f64x2.splat(scale));
  const inside = f64x2.pmin(f64x2.splat(<f64>last), f64x2.pmax(f64x2.splat(0), place));
  return <usize>(<u32>i32x4.extract_lane(f64x2.add(inside, f64x2.splat(INTEGER)), 0));
}

/**
 * Writes scores to `sorted`, bucket by bucket, four NaN after the last; those of bucket b begin at starts[b], up to
 * starts[b + 1]. False where a bucket has too many.
 */
function fillBuckets(x: usize, count: u32, low: f64, scale: f64, last: u32, sorted: usize, starts: usize): bool {
  memory.fill(starts, 0, (<usize>last + 3) << 2);
  const end = x + (<usize>count << 3);
  for (let i = x; i < end; i += 8) {
    const at = starts + (bucketOf(i, low, scale, last) << 2);
    store<u32>(at, load<u32>(at, 8) + 1, 8);
  }
  // A bucket was counted two places on, so that its start is one place on, and in its own when all scores are in.
  let total: u32 = 0;
  let most: u32 = 0;
  for (let b: usize = 2; b <= <usize>last + 2; b++) {
    const size = load<u32>(starts + (b << 2));
    most = most < size ? size : most;
    total += size;
    store<u32>(starts + (b << 2), total);
  }
  if (most > MOST) return false;
  for (let i = x; i < end; i += 8) {
    const at = starts + (bucketOf(i, low, scale, last) << 2);
    const place = load<u32>(at, 4);
    store<u32>(at, place + 1, 4);
    f64.store(sorted + (<usize>place << 3), f64.load(i));
  }
  for (let k: usize = 0; k < 4; k++) f64.store(sorted + ((<usize>count + k) << 3), NaN);
  return true;
}

/** Twice the number of pairs (x, s), x positive, s in the buckets, with s < x, and once that with s = x. */
function pairsWon(x: usize, count: u32, low: f64, scale: f64, last: u32, sorted: usize, starts: usize): u64 {
  const end = x + (<usize>count << 3);
  let below: u64 = 0;
  let won = i64x2.splat(0);
  for (; x < end; x += 8) {
    const at = starts + (bucketOf(x, low, scale, last) << 2);
    const from = load<u32>(at);
    const to = sorted + (<usize>load<u32>(at, 4) << 3);
    below += from;
    const score = v128.load64_splat(x);
    // What follows a bucket is greater, or NaN, and adds nothing: so four are compared at least, without a branch.
    let s = sorted + (<usize>from << 3);
    do {
      const a = v128.load(s);
      const b = v128.load(s, 16);
      const less = i64x2.add(f64x2.lt(a, score), f64x2.lt(b, score));
      const notMore = i64x2.add(f64x2.le(a, score), f64x2.le(b, score));
      won = i64x2.sub(won, i64x2.add(less, notMore));
      s += 32;
    } while (s < to);
  }
  return 2 * below + i64x2.extract_lane(won, 0) + i64x2.extract_lane(won, 1);
}
