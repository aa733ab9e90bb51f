// The area under the ROC curve for many predictors: by counting where that can be done, else by a radix sort of the scores
// and one pass over the sorted rows.
import { areaByBuckets } from './buckets';

const RADIX_BITS: u32 = 11;
const RADIX: u32 = 1 << RADIX_BITS;

/** The bits of a double as an unsigned integer in the same order; -0 counts as 0, for the two are tied. */
// @ts-ignore: decorator
@inline
function sortable(x: f64): u64 {
  const bits = reinterpret<u64>(x + 0.0);
  return bits >> 63 ? ~bits : bits | (1 << 63);
}

/**
 * [vectors, rows, y, w, eta, stride, out, positives, negatives]: out_k = area under the ROC curve of predictor k (NaN where a
 * class has no weight), ties counted half. Divided by vector. Where all weights are 0 or 1, `positives` and `negatives` are the
 * numbers of the rows of weight 1, else 0.
 * @param y 0 or 1; @param scratch 24 bytes a row and 4 * RADIX
 * Source: Hanley and McNeil (1982), Radiology 143; weights as in a Mann-Whitney statistic.
 */
export function rankingAreas(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const vectors = load<u32>(job);
  const rows = load<u32>(job, 4);
  const stride = <usize>load<u32>(job, 20);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>load<u32>(job, 16) + <usize>k * stride;
    const out = <usize>load<u32>(job, 24) + (<usize>k << 3);
    f64.store(out, areaOf(rows, eta, load<u32>(job, 8), load<u32>(job, 12), load<u32>(job, 28), load<u32>(job, 32), scratch));
  }
}

/** Both ways give the same digits: with weights of 1 every sum of the second is a whole number or a half. */
function areaOf(rows: u32, eta: usize, y: usize, w: usize, positives: u32, negatives: u32, scratch: usize): f64 {
  if (positives > 0 && negatives > 0) {
    const area = areaByBuckets(rows, eta, y, w, positives, negatives, scratch);
    if (area >= 0) return area;
  }
  return areaOfSorted(rows, sortByScore(rows, eta, scratch), y, w);
}

/** Entries of 12 bytes, key and row, sorted by six passes of 11 bits; the address where they end up. */
function sortByScore(rows: u32, eta: usize, scratch: usize): usize {
  let from = scratch;
  let to = scratch + <usize>rows * 12;
  const counts = to + <usize>rows * 12;
  for (let i: u32 = 0; i < rows; i++) {
    const entry = from + <usize>i * 12;
    store<u64>(entry, sortable(f64.load(eta + (<usize>i << 3))));
    store<u32>(entry, i, 8);
  }
  for (let shift: u64 = 0; shift < 64; shift += RADIX_BITS) {
    if (!countDigits(rows, from, shift, counts)) continue;
    for (let i: u32 = 0; i < rows; i++) {
      const entry = from + <usize>i * 12;
      const key = load<u64>(entry);
      const digit = <usize>((key >> shift) & (RADIX - 1)) << 2;
      const place = load<u32>(counts + digit);
      store<u32>(counts + digit, place + 1);
      const target = to + <usize>place * 12;
      store<u64>(target, key);
      store<u32>(target, load<u32>(entry, 8), 8);
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

/** Where each digit's entries begin; false where all have the same digit, so that the pass can be left out. */
function countDigits(rows: u32, from: usize, shift: u64, counts: usize): bool {
  memory.fill(counts, 0, <usize>RADIX << 2);
  for (let i: u32 = 0; i < rows; i++) {
    const at = counts + (<usize>((load<u64>(from + <usize>i * 12) >> shift) & (RADIX - 1)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let place: u32 = 0;
  for (let d: u32 = 0; d < RADIX; d++) {
    const at = counts + (<usize>d << 2);
    const count = load<u32>(at);
    if (count == rows) return false;
    store<u32>(at, place);
    place += count;
  }
  return true;
}

/** Pairs in the right and in the wrong order are added up apart, as in src/metrics/auc.ts: 1 and 0 are exact. */
function areaOfSorted(rows: u32, sorted: usize, y: usize, w: usize): f64 {
  let negatives: f64 = 0;
  let positives: f64 = 0;
  let won: f64 = 0;
  let lost: f64 = 0;
  let i: u32 = 0;
  while (i < rows) {
    const key = load<u64>(sorted + <usize>i * 12);
    let tiedPositive: f64 = 0;
    let tiedNegative: f64 = 0;
    while (i < rows && load<u64>(sorted + <usize>i * 12) == key) {
      const row = <usize>load<u32>(sorted + <usize>i * 12, 8) << 3;
      if (f64.load(y + row) == 1) tiedPositive += f64.load(w + row);
      else tiedNegative += f64.load(w + row);
      i++;
    }
    won += tiedPositive * (negatives + tiedNegative / 2);
    lost += tiedNegative * (positives + tiedPositive / 2);
    negatives += tiedNegative;
    positives += tiedPositive;
  }
  return positives > 0 && negatives > 0 ? won / (won + lost) : NaN;
}
