// From the columns of a table to the blocks of a design: rows are picked, missing cells filled, and the values standardized.
// The arithmetic is that of src/features/standardize.ts to the last digit: two running sums, for even and odd rows.
import { BASE, blockCount, blockRows, COLUMNS, HEIGHT, horizontalSum, ROWS } from './layout';

/** Bits of the options. */
const LEARN: u32 = 1;
const CENTRE: u32 = 2;
const DEVIATION: u32 = 4;

/**
 * [design, sources, rowList, count, v, options, moments]: the lane's columns of the design. A source is the address of a
 * table's column (0: the column is not written) and, eight bytes on, what a missing cell becomes. Row i of the design is row
 * rowList[i] of the table. moments has centre, remainder and scale of each column, which are learned first if options say so;
 * v has weights that sum to 1, and zeros up to the design's (even) number of rows.
 * A lane has neighbouring columns, two or more: columns of a block are half a page each, and two threads that write to one page for
 * the first time would both be given a new one.
 * @param scratch as many doubles as the design has rows
 */
export function standardizeColumns(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const design = <usize>load<u32>(job);
  const columns = load<u32>(design, COLUMNS);
  const count = load<u32>(job, 12);
  const options = load<u32>(job, 20);
  const each = ((columns + 2 * lanes - 1) / (2 * lanes)) << 1;
  const end = min((lane + 1) * each, columns);
  for (let j = lane * each; j < end; j++) {
    const source = <usize>load<u32>(job, 4) + (<usize>j << 4);
    if (load<u32>(source) == 0) continue;
    gather(load<u32>(source), f64.load(source, 8), load<u32>(job, 8), count, load<u32>(design, ROWS), scratch);
    const moments = <usize>load<u32>(job, 24) + <usize>j * 24;
    if ((options & LEARN) != 0) learn(scratch, load<u32>(job, 16), load<u32>(design, ROWS), options, moments);
    write(design, j, scratch, count, moments);
  }
}

/** Picks `count` values, and zeros up to `rows`. */
function gather(values: usize, fill: f64, list: usize, count: u32, rows: u32, out: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const x = f64.load(values + (<usize>load<u32>(list + (<usize>i << 2)) << 3));
    f64.store(out + (<usize>i << 3), x == x ? x : fill);
  }
  for (let i = count; i < rows; i++) f64.store(out + (<usize>i << 3), 0);
}

function learn(x: usize, v: usize, rows: u32, options: u32, moments: usize): void {
  memory.fill(moments, 0, 24);
  const end = <usize>rows << 3;
  if (isConstant(x, v, end)) {
    if ((options & CENTRE) == 0) f64.store(moments, Math.abs(f64.load(x + firstRow(v, end))), 16);
    return;
  }
  if ((options & (CENTRE | DEVIATION)) == 0) {
    f64.store(moments, deviation(x, v, end, 0, 0), 16);
    return;
  }
  let mean = meanAbout(0, x, v, end);
  mean += meanAbout(mean, x, v, end);
  const remainder = meanAbout(mean, x, v, end);
  f64.store(moments, deviation(x, v, end, mean, remainder), 16);
  if ((options & CENTRE) == 0) return;
  f64.store(moments, mean);
  f64.store(moments, remainder, 8);
}

function isConstant(x: usize, v: usize, end: usize): bool {
  let i = firstRow(v, end);
  const first = f64.load(x + i);
  for (; i < end; i += 8) if (f64.load(x + i) != first && f64.load(v + i) > 0) return false;
  return true;
}

/** Where the first row is that has a weight, in bytes. */
function firstRow(v: usize, end: usize): usize {
  let i: usize = 0;
  while (i < end && !(f64.load(v + i) > 0)) i += 8;
  return i;
}

function meanAbout(origin: f64, x: usize, v: usize, end: usize): f64 {
  const from = f64x2.splat(origin);
  let total = f64x2.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    total = f64x2.add(total, f64x2.mul(v128.load(v + i), f64x2.sub(v128.load(x + i), from)));
  }
  return horizontalSum(total);
}

function deviation(x: usize, v: usize, end: usize, mean: f64, remainder: f64): f64 {
  const from = f64x2.splat(mean);
  const rest = f64x2.splat(remainder);
  const zero = f64x2.splat(0);
  let most = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const size = f64x2.abs(f64x2.sub(v128.load(x + i), from));
    most = f64x2.max(most, v128.and(size, f64x2.gt(v128.load(v + i), zero)));
  }
  const largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  const unit = f64x2.splat(largest);
  let squares = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const d = f64x2.div(f64x2.sub(f64x2.sub(v128.load(x + i), from), rest), unit);
    squares = f64x2.add(squares, f64x2.mul(f64x2.mul(v128.load(v + i), d), d));
  }
  return largest * Math.sqrt(horizontalSum(squares));
}

/** Standardizes the values and writes them to column j of every block; the row after an odd last one is zero. */
function write(design: usize, j: u32, x: usize, count: u32, moments: usize): void {
  const centre = f64x2.splat(f64.load(moments));
  const remainder = f64x2.splat(f64.load(moments, 8));
  const scale = f64x2.splat(f64.load(moments, 16));
  const isConstant = f64.load(moments, 16) == 0;
  const columns = <usize>load<u32>(design, COLUMNS);
  const height = <usize>load<u32>(design, HEIGHT);
  const blocks = blockCount(design);
  for (let b: u32 = 0; b < blocks; b++) {
    const rows = <usize>blockRows(design, b);
    const out = <usize>load<u32>(design, BASE) + ((<usize>b * height * columns + <usize>j * rows) << 3);
    if (isConstant) {
      memory.fill(out, 0, rows << 3);
      continue;
    }
    const from = x + ((<usize>b * height) << 3);
    for (let i: usize = 0; i < rows << 3; i += 16) {
      v128.store(out + i, f64x2.div(f64x2.sub(f64x2.sub(v128.load(from + i), centre), remainder), scale));
    }
    if (b + 1 == blocks && (count & 1) != 0) f64.store(out + ((rows - 1) << 3), 0);
  }
}
