import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { DataError } from '../errors.js';
import { sequence } from '../linalg/vector.js';

/** Rows by part, each ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Draws the test rows at random: an exact count, the same for the same seed, row count and classes, on any machine.
 * @param holdout a fraction below 1 (rounded to whole rows), or a count
 * @param classes class of each row to stratify by (each class gets its share, by largest remainder), or null; see `strataOf`
 * @throws DataError where train or test would be empty
 * Source: Fisher-Yates shuffle on xoroshiro128+ (Blackman and Vigna 2018), as published by pure-rand.
 */
export function drawSplit(rows: number, holdout: number, seed: number, classes: Int32Array | null): Split {
  const count = holdout < 1 ? Math.round(rows * holdout) : holdout;
  if (holdout > 0 && count < 1) {
    throw new DataError(
      `--holdout ${holdout} of ${rows} rows leaves no test row; give a count, or --holdout 0 for none`,
    );
  }
  if (count >= rows) {
    throw new DataError(`--holdout ${holdout} of ${rows} rows leaves no training row; hold out fewer`);
  }
  const isTest = new Uint8Array(rows);
  const random = xoroshiro128plus(seed);
  const strata = classes === null ? [sequence(rows)] : byClass(classes);
  const counts = shares(
    strata.map((s) => s.length),
    count,
  );
  strata.forEach((stratum, k) => {
    for (let i = 0; i < counts[k]; i++) {
      const pick = uniformInt(random, i, stratum.length - 1);
      const row = stratum[pick];
      stratum[pick] = stratum[i];
      stratum[i] = row;
      isTest[row] = 1;
    }
  });
  return divided(isTest, 1);
}

/** The rows that are marked with `mark` (to test), and the others (to train). */
export function divided(marks: Int32Array | Uint8Array, mark: number): Split {
  const test = new Int32Array(marks.length);
  const train = new Int32Array(marks.length);
  let count = 0;
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === mark) test[count++] = i;
    else train[i - count] = i;
  }
  return { train: train.slice(0, marks.length - count), test: test.slice(0, count) };
}

/**
 * Assigns the rows to `folds` parts of equal size (up to one row), at random; with classes each class is assigned in turn, so that every
 * fold has its share. The same for the same seed, row count and classes, and independent of the split's draws.
 * @returns fold of each row
 */
export function drawFolds(rows: number, folds: number, seed: number, classes: Int32Array | null): Int32Array {
  const random = xoroshiro128plus(seed);
  random.jump();
  const fold = new Int32Array(rows);
  let dealt = 0;
  for (const stratum of classes === null ? [sequence(rows)] : byClass(classes)) {
    for (let i = 0; i < stratum.length; i++) {
      const pick = uniformInt(random, i, stratum.length - 1);
      fold[stratum[pick]] = dealt++ % folds;
      stratum[pick] = stratum[i];
    }
  }
  return fold;
}

/**
 * The strata of the draw: the classes if stratified, and one more for all rows without weight. Those count on neither side, so a draw that
 * mixed them with the others could leave a side without any weight.
 * @param classes class of each row, or null; @param w weights; @returns null where all rows are alike
 */
export function strataOf(classes: Int32Array | null, w: Float64Array): Int32Array | null {
  if (w.every((weight) => weight > 0)) return classes;
  const last = classes === null ? 1 : classes.reduce((a, b) => Math.max(a, b), 0) + 1;
  return Int32Array.from(w, (weight, i) => (weight > 0 ? (classes?.[i] ?? 0) : last));
}

function byClass(classes: Int32Array): Int32Array[] {
  const count = classes.reduce((a, b) => Math.max(a, b), 0) + 1;
  return dealt(classes, count);
}

/** The indices at which `marks` is 0, 1, ..., count - 1: for each, ascending. */
export function dealt(marks: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (let i = 0; i < marks.length; i++) sizes[marks[i]]++;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(count);
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i];
    groups[mark][next[mark]++] = i;
  }
  return groups;
}

/** The indices at which `marks` is `mark`, ascending. */
export function rowsWith(mark: number, marks: Int32Array | Uint8Array): Int32Array {
  const found = new Int32Array(marks.length);
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] === mark) found[count++] = i;
  return found.slice(0, count);
}

/** Divides `total` in proportion to `sizes`, in whole numbers, by largest remainder (ties to the first). */
function shares(sizes: readonly number[], total: number): number[] {
  const rows = sizes.reduce((a, b) => a + b, 0);
  const exact = sizes.map((size) => (size * total) / rows);
  const counts = exact.map(Math.floor);
  const order = exact.map((_, k) => k).sort((a, b) => exact[b] - counts[b] - (exact[a] - counts[a]) || a - b);
  const missing = total - counts.reduce((a, b) => a + b, 0);
  for (let k = 0; k < missing; k++) counts[order[k]]++;
  return counts;
}
