// The logistic loss and its derivatives, two rows at a time. No relaxed instruction: the digits are the same everywhere.

const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
/** Below this argument the true value is under the smallest normal double and is taken as exp(-708). */
const LOWEST: f64 = -708;

/** 1 / (k + 1)! for k = 0 to 12. With constants in the code instead of tables a row took a tenth longer. */
const FACTORIALS: usize = memory.data<f64>([
  1.0, 1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 362880.0,
  1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 6227020800.0,
]);

/** 1 / (2 k + 3) for k = 0 to 15. */
const ODDS: usize = memory.data<f64>([
  1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0, 1.0 / 19.0, 1.0 / 21.0,
  1.0 / 23.0, 1.0 / 25.0, 1.0 / 27.0, 1.0 / 29.0, 1.0 / 31.0, 1.0 / 33.0,
]);

/** a_k + a_k+1 x from a table */
// @ts-ignore: decorator
@inline
function pair(table: usize, k: usize, x: v128): v128 {
  const at = table + (k << 3);
  return f64x2.add(v128.load64_splat(at), f64x2.mul(v128.load64_splat(at, 8), x));
}

/** a_k + a_k+1 x + a_k+2 x^2 + a_k+3 x^3 from a table */
// @ts-ignore: decorator
@inline
function four(table: usize, k: usize, x: v128, x2: v128): v128 {
  return f64x2.add(pair(table, k, x), f64x2.mul(pair(table, k + 2, x), x2));
}

/**
 * exp(x) for x <= 0: x = k ln 2 + r with |r| <= ln(2)/2 (Cody and Waite 1980), exp(r) by its Taylor polynomial of degree 13
 * (remainder below 2^-57), times 2^k. Error below 1.5 units in the last place.
 */
// @ts-ignore: decorator
@inline
export function expNonPositive(x: v128): v128 {
  const bounded = f64x2.pmax(x, f64x2.splat(LOWEST));
  const k = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(LOG2E)));
  let r = f64x2.sub(bounded, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  // (exp(r) - 1) / r in pairs (Estrin 1960): a chain of thirteen steps would wait for each of them.
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = four(FACTORIALS, 0, r, r2);
  const middle = four(FACTORIALS, 4, r, r2);
  const high = four(FACTORIALS, 8, r, r2);
  const above = f64x2.add(high, f64x2.mul(v128.load64_splat(FACTORIALS, 96), r4));
  const g = f64x2.add(f64x2.add(low, f64x2.mul(middle, r4)), f64x2.mul(above, f64x2.mul(r4, r4)));
  const p = f64x2.add(f64x2.mul(r, g), f64x2.splat(1));
  // 2^k by its exponent bits: k + 1023 is an integer in 2 .. 1023; adding 2^52 puts it into the low bits.
  const exponent = f64x2.add(k, f64x2.splat(4503599627370496.0 + 1023.0));
  return f64x2.mul(p, i64x2.shl(exponent, 52));
}

/**
 * log(1 + e) for 0 <= e <= 1: 2 atanh(t) with t = e / (2 + e) <= 1/3, by the series to t^33 (remainder below 2^-57 t).
 */
// @ts-ignore: decorator
@inline
function log1pUnit(e: v128): v128 {
  const t = f64x2.div(e, f64x2.add(e, f64x2.splat(2)));
  const s = f64x2.mul(t, t);
  const s2 = f64x2.mul(s, s);
  const s4 = f64x2.mul(s2, s2);
  const q0 = four(ODDS, 0, s, s2);
  const q1 = four(ODDS, 4, s, s2);
  const q2 = four(ODDS, 8, s, s2);
  const q3 = four(ODDS, 12, s, s2);
  const low = f64x2.add(q0, f64x2.mul(q1, s4));
  const high = f64x2.add(q2, f64x2.mul(q3, s4));
  const h = f64x2.add(low, f64x2.mul(high, f64x2.mul(s4, s4)));
  const p = f64x2.add(f64x2.mul(s, h), f64x2.splat(1));
  return f64x2.mul(f64x2.add(t, t), p);
}

/**
 * eta_i += shift; then residual_i = v_i (y_i - mean_i), curvature_i = v_i mean_i (1 - mean_i), and sums[0] += the sum of
 * v_i loss_i, sums[1] += the sum of residual_i, sums[2] += the sum of curvature_i.
 * m = (1 - 2y) eta is the margin with its sign turned: loss = log(1 + exp(m)), and nothing cancels.
 * @param y 0 or 1; rows is even
 */
export function logisticPanel(
  rows: u32,
  y: usize,
  v: usize,
  eta: usize,
  residual: usize,
  curvature: usize,
  shift: f64,
  sums: usize,
): void {
  const end = <usize>rows << 3;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const by = f64x2.splat(shift);
  let total = zero;
  let pull = zero;
  let curving = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const sign = f64x2.sub(one, f64x2.mul(f64x2.splat(2), v128.load(y + i)));
    const x = f64x2.add(v128.load(eta + i), by);
    v128.store(eta + i, x);
    const m = f64x2.mul(sign, x);
    const e = expNonPositive(f64x2.neg(f64x2.abs(m)));
    const large = f64x2.div(one, f64x2.add(one, e));
    const small = f64x2.mul(e, large);
    const weight = v128.load(v + i);
    // The probability of the class that is not y: sigmoid(m).
    const wrong = v128.bitselect(large, small, f64x2.gt(m, zero));
    const r = f64x2.neg(f64x2.mul(weight, f64x2.mul(sign, wrong)));
    pull = f64x2.add(pull, r);
    v128.store(residual + i, r);
    const w = f64x2.mul(weight, f64x2.mul(large, small));
    v128.store(curvature + i, w);
    curving = f64x2.add(curving, w);
    const loss = f64x2.add(f64x2.pmax(m, zero), log1pUnit(e));
    total = f64x2.add(total, f64x2.mul(weight, loss));
  }
  addTo(sums, total);
  addTo(sums + 8, pull);
  addTo(sums + 16, curving);
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, pair: v128): void {
  f64.store(at, f64.load(at) + f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1));
}

/**
 * eta_i becomes residual_i = v_i (y_i - mean_i), in place; returns the sum of these. What `logisticPanel` does where loss and curvature
 * are not asked for. @param y 0 or 1; rows is even
 */
export function logisticResiduals(rows: u32, y: usize, v: usize, eta: usize): f64 {
  const end = <usize>rows << 3;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let pull = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const sign = f64x2.sub(one, f64x2.mul(f64x2.splat(2), v128.load(y + i)));
    const m = f64x2.mul(sign, v128.load(eta + i));
    const e = expNonPositive(f64x2.neg(f64x2.abs(m)));
    const wrong = f64x2.div(v128.bitselect(one, e, f64x2.gt(m, zero)), f64x2.add(one, e));
    const r = f64x2.neg(f64x2.mul(v128.load(v + i), f64x2.mul(sign, wrong)));
    pull = f64x2.add(pull, r);
    v128.store(eta + i, r);
  }
  return f64x2.extract_lane(pull, 0) + f64x2.extract_lane(pull, 1);
}

/**
 * eta_i becomes curvature_i = v_i mean_i (1 - mean_i), in place. Where curvatures u of another point are given (not 0), the least and the
 * largest ratio to them and the sum of the curvatures go to `out`; rows where both are 0 play no part.
 */
export function logisticCurvatures(rows: u32, v: usize, eta: usize, u: usize, out: usize): void {
  const end = <usize>rows << 3;
  const one = f64x2.splat(1);
  const infinite = f64x2.splat(Infinity);
  const zero = f64x2.splat(0);
  let least = infinite;
  let most = zero;
  let total = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const e = expNonPositive(f64x2.neg(f64x2.abs(v128.load(eta + i))));
    const above = f64x2.add(one, e);
    const w = f64x2.div(f64x2.mul(v128.load(v + i), e), f64x2.mul(above, above));
    v128.store(eta + i, w);
    if (u == 0) continue;
    const other = v128.load(u + i);
    const ratio = f64x2.div(w, other);
    const counts = f64x2.gt(f64x2.add(w, other), zero);
    least = f64x2.pmin(least, v128.bitselect(ratio, infinite, counts));
    most = f64x2.pmax(most, v128.bitselect(ratio, zero, counts));
    total = f64x2.add(total, w);
  }
  if (u == 0) return;
  f64.store(out, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  f64.store(out, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 8);
  f64.store(out, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1), 16);
}

/** The sum of v_i loss_i. @param y 0 or 1; rows is even */
export function logisticLoss(rows: u32, y: usize, v: usize, eta: usize): f64 {
  const end = <usize>rows << 3;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let total = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const sign = f64x2.sub(one, f64x2.mul(f64x2.splat(2), v128.load(y + i)));
    const m = f64x2.mul(sign, v128.load(eta + i));
    const e = expNonPositive(f64x2.neg(f64x2.abs(m)));
    total = f64x2.add(total, f64x2.mul(v128.load(v + i), f64x2.add(f64x2.pmax(m, zero), log1pUnit(e))));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** Bytes of the doubles that go into one product: below 2^512 a lane. A power of two. */
const STRETCH: usize = 8192;

/**
 * log(1 + q) for 0 <= q < 2^1000: 1 + q = 2^k (1 + e), so k log 2 + log(1 + e). Where q < 1, e is q itself: nothing is rounded before the series.
 */
function log1pProduct(q: v128): v128 {
  const one = f64x2.splat(1);
  const whole = f64x2.add(one, q);
  const k = i64x2.sub(i64x2.shr_u(whole, 52), i64x2.splat(1023));
  const mantissa = v128.or(v128.and(whole, i64x2.splat(0x000fffffffffffff)), one);
  const e = v128.bitselect(q, f64x2.sub(mantissa, one), f64x2.lt(q, one));
  // k as a double: added to the bits of 2^52 + 2^51, of which the number is then taken.
  const magic = f64x2.splat(6755399441055744.0);
  const exponent = f64x2.sub(i64x2.add(k, magic), magic);
  const low = f64x2.add(log1pUnit(e), f64x2.mul(exponent, f64x2.splat(LN2_LOW)));
  return f64x2.add(f64x2.mul(exponent, f64x2.splat(LN2_HIGH)), low);
}

/**
 * The same, with w_i as the weights of errors: adds the sums of w_i loss_i, of w_i where the row is classified wrong at
 * probability 1/2, and of w_i (y_i - mean_i)^2 to the three at `sums`. Weights of a padding row are 0.
 * @param areCounts whether each w_i is 0 or 1: the logarithms of many rows are then one logarithm, of the product of the 1 + e_i
 */
export function logisticErrors(
  rows: u32,
  y: usize,
  v: usize,
  w: usize,
  areCounts: bool,
  eta: usize,
  sums: usize,
): f64 {
  const end = <usize>rows << 3;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let pull = zero;
  let loss = zero;
  let missed = zero;
  let squares = zero;
  // The product less 1, so that small e_i are not lost.
  let q = zero;
  for (let i: usize = 0; i < end; i += 16) {
    const target = v128.load(y + i);
    const x = v128.load(eta + i);
    const weight = v128.load(w + i);
    const sign = f64x2.sub(one, f64x2.add(target, target));
    const m = f64x2.mul(sign, x);
    const e = expNonPositive(f64x2.neg(f64x2.abs(m)));
    const wrong = f64x2.div(v128.bitselect(one, e, f64x2.gt(m, zero)), f64x2.add(one, e));
    const r = f64x2.neg(f64x2.mul(v128.load(v + i), f64x2.mul(sign, wrong)));
    pull = f64x2.add(pull, r);
    v128.store(eta + i, r);
    let own = f64x2.pmax(m, zero);
    if (areCounts) {
      q = f64x2.add(q, f64x2.mul(f64x2.mul(weight, e), f64x2.add(one, q)));
      if (((i + 16) & (STRETCH - 1)) == 0) {
        loss = f64x2.add(loss, log1pProduct(q));
        q = zero;
      }
    } else own = f64x2.add(own, log1pUnit(e));
    loss = f64x2.add(loss, f64x2.mul(weight, own));
    // A probability of exactly 1/2 counts for the positive class.
    const same = f64x2.eq(v128.bitselect(one, zero, f64x2.ge(x, zero)), target);
    missed = f64x2.add(missed, v128.andnot(weight, same));
    squares = f64x2.add(squares, f64x2.mul(weight, f64x2.mul(wrong, wrong)));
  }
  loss = f64x2.add(loss, log1pProduct(q));
  f64.store(sums, f64.load(sums) + f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1));
  f64.store(sums, f64.load(sums, 8) + f64x2.extract_lane(missed, 0) + f64x2.extract_lane(missed, 1), 8);
  f64.store(sums, f64.load(sums, 16) + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1), 16);
  return f64x2.extract_lane(pull, 0) + f64x2.extract_lane(pull, 1);
}
