// A logistic fit on cells in single precision: half the bytes and twice the numbers a register. What a row rounds is as often
// too much as too little, so over many rows it averages out; sums over a block of rows are taken in single precision, all
// others in double. No relaxed instruction: the digits are the same everywhere.
//
// The loops that only add and multiply are one source for both precisions (design/panel.ts, gram.ts, many-points.ts, folds.ts). Those here
// differ from logistic/float64.ts: exp needs a shorter polynomial, the weights are signed by the class so that a row reads one
// number less, the predictor is kept in double precision beside its singles, and no loss is taken.
import { blockAddress, blockCount, blockRows, column, COLUMNS, HEIGHT, laneSum, word } from '../design/layout';
import { gradientPanel } from '../design/panel';

/** [design, single]: the lane's blocks of a design of doubles in single precision; rows beyond them are zeros. */
export function roundBlocks(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const single = <usize>word(job, 1);
  const columns = load<u32>(design, COLUMNS);
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const pitch = <usize>blockRows(single, b) << 2;
    let from = blockAddress<f64>(design, b);
    let to = blockAddress<f32>(single, b);
    for (let j: u32 = 0; j < columns; j++, from += <usize>rows << 3, to += pitch) roundRow(from, rows, to, pitch);
  }
}

/** Singles of `rows` (even) doubles; what is left of `bytes` is zeros. */
function roundRow(from: usize, rows: u32, to: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const low = f32x4.demote_f64x2_zero(v128.load(from + 2 * i));
    if (i + 8 >= <usize>rows << 2) {
      v128.store(to + i, low);
      continue;
    }
    const high = f32x4.demote_f64x2_zero(v128.load(from + 2 * i, 16));
    v128.store(to + i, i64x2.shuffle(low, high, 0, 2));
  }
}

/**
 * [single, subset, count, beta, eta, signed, residual, curvature, sums, gradientSubset, gradientCount, partial, shift]: one step of
 * a logistic fit in one pass over the lane's blocks: eta += shift + Z_A beta, then residual, curvature and sums[lane] (residual,
 * curvature), then partial[lane] = Z_B' residual. eta, sums and partial are doubles, and so is what `shift` points to; the
 * others are singles. signed_i is v_i where y_i = 1 and -v_i where y_i = 0.
 * @param scratch singles for the rows of a block
 */
export function logisticFloat32(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const single = <usize>word(job, 0);
  const wanted = word(job, 10);
  const out = <usize>word(job, 11) + (<usize>lane * <usize>wanted << 3);
  memory.fill(out, 0, <usize>wanted << 3);
  const blocks = blockCount(single);
  const height = <usize>load<u32>(single, HEIGHT);
  const shift = f64.load(word(job, 12));
  const sums = <usize>word(job, 8) + (<usize>lane << 4);
  memory.fill(sums, 0, 16);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress<f32>(single, b);
    const rows = blockRows(single, b);
    const at = <usize>b * height << 2;
    const residual = <usize>word(job, 6) + at;
    predictSingle(z, rows, word(job, 1), word(job, 2), word(job, 3), scratch);
    addSingle(rows, scratch, shift, <usize>word(job, 4) + 2 * at);
    logisticRows(rows, <usize>word(job, 5) + at, <usize>word(job, 4) + 2 * at, residual, <usize>word(job, 7) + at, sums);
    gradientPanel<f32>(z, rows, word(job, 9), 0, wanted, residual, out);
  }
}

/**
 * change_i = sum_a beta_a z_ij, j = subset[a]. Unlike in predictPanel four columns are added up before they meet the sum: fewer additions to
 * a large number round less, and the digits may depend on the grouping, for Newton steps correct them.
 */
function predictSingle(z: usize, rows: u32, subset: usize, count: u32, beta: usize, change: usize): void {
  const stride = <usize>rows << 2;
  memory.fill(change, 0, stride);
  let a: u32 = 0;
  for (; a + 4 <= count; a += 4) {
    const z0 = column(z, subset, a, stride);
    const z1 = column(z, subset, a + 1, stride);
    const z2 = column(z, subset, a + 2, stride);
    const z3 = column(z, subset, a + 3, stride);
    const b = beta + (<usize>a << 2);
    const b0 = v128.load32_splat(b);
    const b1 = v128.load32_splat(b, 4);
    const b2 = v128.load32_splat(b, 8);
    const b3 = v128.load32_splat(b, 12);
    for (let i: usize = 0; i < stride; i += 16) {
      const x = f32x4.add(f32x4.mul(b0, v128.load(z0 + i)), f32x4.mul(b1, v128.load(z1 + i)));
      const y = f32x4.add(f32x4.mul(b2, v128.load(z2 + i)), f32x4.mul(b3, v128.load(z3 + i)));
      v128.store(change + i, f32x4.add(v128.load(change + i), f32x4.add(x, y)));
    }
  }
  for (; a < count; a++) {
    const z0 = column(z, subset, a, stride);
    const b0 = v128.load32_splat(beta + (<usize>a << 2));
    for (let i: usize = 0; i < stride; i += 16) {
      v128.store(change + i, f32x4.add(v128.load(change + i), f32x4.mul(b0, v128.load(z0 + i))));
    }
  }
}

/** eta_i += shift + change_i in double precision. */
function addSingle(rows: u32, change: usize, shift: f64, eta: usize): void {
  const by = f64x2.splat(shift);
  const end = <usize>rows << 3;
  for (let i: usize = 0; i < end; i += 16) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(change + (i >> 1)));
    v128.store(eta + i, f64x2.add(v128.load(eta + i), f64x2.add(by, x)));
  }
}

const LOG2E: f32 = 1.44269504;
/** ln 2 in two parts, of which the first has so few digits that its product with a whole number to 127 is exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
/** Below this argument exp is taken as 2^-126, the smallest normal number, nearly. */
const LOWEST: f32 = -87.3;

/** a + b x */
// @ts-ignore: decorator
@inline
function pair(a: f32, b: f32, x: v128): v128 {
  return f32x4.add(f32x4.splat(a), f32x4.mul(f32x4.splat(b), x));
}

/**
 * exp(x) for x <= 0: x = k ln 2 + r with |r| <= ln(2)/2, exp(r) by its Taylor polynomial of degree 7 (remainder below 2^-27, so that
 * rounding, which averages out, is all that counts), times 2^k.
 */
// @ts-ignore: decorator
@inline
export function expFloat32(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(LOWEST));
  const k = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(LOG2E)));
  let r = f32x4.sub(bounded, f32x4.mul(k, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(LN2_LOW)));
  const r2 = f32x4.mul(r, r);
  const low = pair(0.5, <f32>(1.0 / 6.0), r);
  const middle = pair(<f32>(1.0 / 24.0), <f32>(1.0 / 120.0), r);
  const high = pair(<f32>(1.0 / 720.0), <f32>(1.0 / 5040.0), r);
  const g = f32x4.add(low, f32x4.mul(r2, f32x4.add(middle, f32x4.mul(r2, high))));
  const p = f32x4.add(f32x4.splat(1), f32x4.add(r, f32x4.mul(r2, g)));
  // 2^k by its exponent bits: k + 127 is a whole number in 1 .. 127; adding 2^23 puts it into the low bits.
  const exponent = f32x4.add(k, f32x4.splat(8388608.0 + 127.0));
  return f32x4.mul(p, i32x4.shl(exponent, 23));
}

/** residual_i = v_i (y_i - mean_i), curvature_i = v_i mean_i (1 - mean_i); adds the sums of these to the two at `sums`. */
function logisticRows(rows: u32, signed: usize, eta: usize, residual: usize, curvature: usize, sums: usize): void {
  const end = <usize>rows << 2;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const signs = f32x4.splat(-0.0);
  let pull = zero;
  let curving = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const a = v128.load(signed + i);
    const low = f32x4.demote_f64x2_zero(v128.load(eta + 2 * i));
    const high = f32x4.demote_f64x2_zero(v128.load(eta + 2 * i, 16));
    const x = i64x2.shuffle(low, high, 0, 2);
    const e = expFloat32(v128.or(x, signs));
    const large = f32x4.div(one, f32x4.add(one, e));
    const small = f32x4.mul(e, large);
    // The class that is not y has the larger probability where eta and the sign of y disagree.
    const disagree = i32x4.shr_s(v128.xor(a, x), 31);
    const r = f32x4.mul(a, v128.bitselect(large, small, disagree));
    v128.store(residual + i, r);
    pull = f32x4.add(pull, r);
    const w = f32x4.mul(f32x4.abs(a), f32x4.mul(large, small));
    v128.store(curvature + i, w);
    curving = f32x4.add(curving, w);
  }
  f64.store(sums, f64.load(sums) + laneSum<f32>(pull));
  f64.store(sums, f64.load(sums, 8) + laneSum<f32>(curving), 8);
}

/** Doubles of singles. */
export function widen(rows: u32, from: usize, to: usize): void {
  const end = <usize>rows << 3;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f64x2.promote_low_f32x4(v128.load64_zero(from + (i >> 1))));
}

/** eta_i becomes residual_i = v_i (y_i - mean_i), in place, v_i = |signed_i|; returns the sum of these. */
export function logisticResidualsFloat32(rows: u32, signed: usize, eta: usize): f64 {
  const end = <usize>rows << 2;
  const one = f32x4.splat(1);
  const signs = f32x4.splat(-0.0);
  let pull = f32x4.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    const a = v128.load(signed + i);
    const x = v128.load(eta + i);
    const e = expFloat32(v128.or(x, signs));
    const disagree = i32x4.shr_s(v128.xor(a, x), 31);
    const wrong = f32x4.div(v128.bitselect(one, e, disagree), f32x4.add(one, e));
    const r = f32x4.mul(a, wrong);
    pull = f32x4.add(pull, r);
    v128.store(eta + i, r);
  }
  return laneSum<f32>(pull);
}
