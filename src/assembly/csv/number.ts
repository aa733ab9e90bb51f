// A decimal number as the nearest double. Small ones by one operation on doubles (Clinger 1990), the others by a product
// with a 128-bit power of five (Eisel and Lemire; Lemire 2021, "Number parsing at a gigabyte per second"). What these
// do not decide is left to the caller.

/** Powers of ten that are doubles. */
const POWERS_OF_TEN: usize = memory.data<f64>([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
  1e22,
]);

/** What `parseNumber` found. */
export const NUMBER: u32 = 0;
/** A text that is not a number by the grammar of src/csv/number.ts. */
export const OTHER: u32 = 1;
/** A number, or too large for one: to be resolved from its text. */
export const UNDECIDED: u32 = 2;

/** Result of the last `parseNumber` that found a number. */
export let parsed: f64 = 0;

/** Result of the last `nearest` that could decide. */
let near: f64 = 0;

/** The range of powers in the table of powers of five, as src/csv/powers-of-five.ts makes it. */
const LEAST_POWER: i32 = -342;
const LARGEST_POWER: i32 = 308;

/** 10^power for power in 0 .. 22. */
// @ts-ignore: decorator
@inline
function powerOfTen(power: i32): f64 {
  return f64.load(POWERS_OF_TEN + (<usize>power << 3));
}

// @ts-ignore: decorator
@inline
function isDigit(byte: u32): bool {
  return byte - 48 <= 9;
}

/** Whether all eight bytes are digits (Lemire 2021, after Langdale and others). */
// @ts-ignore: decorator
@inline
function areDigits(bytes: u64): bool {
  return ((bytes & 0xf0f0f0f0f0f0f0f0) | (((bytes + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333;
}

/** The number of eight digits, the most significant in the lowest byte: by pairs, fours and eights. */
// @ts-ignore: decorator
@inline
function eightDigits(bytes: u64): u64 {
  let value = bytes - 0x3030303030303030;
  value = value * 10 + (value >> 8);
  const even = (value & 0x000000ff000000ff) * 0x000f424000000064;
  const odd = ((value >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (even + odd) >> 32;
}

/** How many bytes from `at` on are from '-' to '9' (the sign, the point, the slash and the digits), up to 32. */
export function runLength(at: usize): usize {
  const first = beforeOthers(v128.load(at));
  return first < 16 ? first : 16 + beforeOthers(v128.load(at, 16));
}

// @ts-ignore: decorator
@inline
function beforeOthers(bytes: v128): usize {
  const others = i8x16.bitmask(i8x16.gt_u(i8x16.sub(bytes, i8x16.splat(45)), i8x16.splat(12)));
  return <usize>ctz(others | 0x10000);
}

/** The number of sixteen decimal digits, the most significant first: pairs, fours and eights. */
// @ts-ignore: decorator
@inline
function weigh(digits: v128): i64 {
  // The first digit of a pair is the low byte of its 16 bits; what spills over into the high one is cut off.
  const spilt = i16x8.add(i16x8.mul(digits, i16x8.splat(10)), i16x8.shr_u(digits, 8));
  const pairs = v128.and(spilt, i16x8.splat(255));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = <u64>i64x2.extract_lane(eights, 0);
  return <i64>((both & 0xffffffff) * 100000000 + (both >> 32));
}

/** Bytes of an entry of the table of shapes, one for each length and place of the point up to 15 (see src/csv/compiled/shapes.ts). */
const SHAPE_SHIFT: usize = 5;
/** Where an entry has its power of ten, after the order of the digits. */
const SHAPE_POWER: usize = 16;

/**
 * Reads a number of up to 15 bytes, sign, digits and point and nothing else, that begins at `at` and ends before `close` into
 * `out`; returns the address after `close`, or 0 where that is not what is there. Without a loop: the digits are moved
 * together to the right and weighed, all at once.
 * @param close sixteen times the byte that ends the cell
 */
// @ts-ignore: decorator
@inline
export function shortNumber(at: usize, close: v128, shapes: usize, out: usize): usize {
  const bytes = v128.load(at);
  const ends = <u32>i8x16.bitmask(i8x16.eq(bytes, close));
  const length = <u32>ctz(ends);
  const within = (ends & (0 - ends)) - 1;
  const digits = i8x16.sub(bytes, i8x16.splat(48));
  const isDigit = i8x16.le_u(digits, i8x16.splat(9));
  const found = <u32>i8x16.bitmask(isDigit) & within;
  const points = <u32>i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(46))) & within;
  const negative = u32(load<u8>(at) == 45);
  // Without an end `within` has all bits.
  if (((found | points | negative) ^ within) | (points & (points - 1)) | u32(found == 0)) return 0;
  const shape = shapes + (<usize>((length << 4) | <u32>ctz(points | 0x8000)) << SHAPE_SHIFT);
  const value = <f64>weigh(i8x16.swizzle(v128.and(digits, isDigit), v128.load(shape))) / f64.load(shape, SHAPE_POWER);
  // A branch on the sign would be guessed wrong half of the time.
  store<u64>(out, reinterpret<u64>(value) | (<u64>negative << 63));
  return at + <usize>length + 1;
}

/** Significant digits that fit 64 bits. */
const MOST_DIGITS: u32 = 19;

/** Reads the text [at, to), which has no white space around it. @param powers address of the powers of five */
export function parseNumber(at: usize, to: usize, powers: usize): u32 {
  let negative = false;
  if (at < to && (load<u8>(at) == 45 || load<u8>(at) == 43)) negative = load<u8>(at++) == 45;
  let mantissa: u64 = 0;
  let significant: u32 = 0;
  let power: i32 = 0;
  let cut = false;
  let digits: u32 = 0;
  let fraction: i32 = 0;
  for (; at < to; at++) {
    while (mantissa != 0 && significant <= MOST_DIGITS - 8 && at + 8 <= to && areDigits(load<u64>(at))) {
      mantissa = mantissa * 100000000 + eightDigits(load<u64>(at));
      significant += 8;
      digits += 8;
      power -= fraction << 3;
      at += 8;
    }
    if (at == to) break;
    const byte = <u32>load<u8>(at);
    if (byte == 46 && fraction == 0) {
      fraction = 1;
      continue;
    }
    if (!isDigit(byte)) break;
    digits++;
    if (significant < MOST_DIGITS) {
      mantissa = mantissa * 10 + (byte - 48);
      significant += u32(mantissa != 0);
      power -= fraction;
    } else {
      cut = cut || byte != 48;
      power += 1 - fraction;
    }
  }
  if (digits == 0) return OTHER;
  if (at < to) {
    if ((load<u8>(at) | 32) != 101 || ++at == to) return OTHER;
    let below = false;
    if (load<u8>(at) == 45 || load<u8>(at) == 43) below = load<u8>(at++) == 45;
    if (at == to) return OTHER;
    let exponent: i32 = 0;
    for (; at < to; at++) {
      const byte = <u32>load<u8>(at);
      if (!isDigit(byte)) return OTHER;
      if (exponent < 100000000) exponent = exponent * 10 + <i32>(byte - 48);
    }
    power += below ? -exponent : exponent;
  }
  return finish(mantissa, power, negative, cut, powers);
}

/** The sign and the rounding; `cut` when digits other than zero follow those of the mantissa. */
function finish(mantissa: u64, power: i32, negative: bool, cut: bool, powers: usize): u32 {
  if (mantissa == 0) {
    parsed = negative ? -0.0 : 0.0;
    return NUMBER;
  }
  if (!nearest(mantissa, power, powers)) return UNDECIDED;
  const value = near;
  // The number is between the cut mantissa and the next one; rounding is monotone.
  if (cut && (mantissa == u64.MAX_VALUE || !nearest(mantissa + 1, power, powers) || near != value)) return UNDECIDED;
  parsed = negative ? -value : value;
  return NUMBER;
}

/** near = the double nearest to mantissa * 10^power, mantissa > 0; false if undecided, subnormal or out of range. */
function nearest(mantissa: u64, power: i32, powers: usize): bool {
  if (mantissa <= 1 << 53 && power >= -22 && power <= 22) {
    const whole = <f64>mantissa;
    near = power < 0 ? whole / powerOfTen(-power) : whole * powerOfTen(power);
    return true;
  }
  if (power < LEAST_POWER || power > LARGEST_POWER) return false;
  return eiselLemire(mantissa, power, powers + (<usize>(power - LEAST_POWER) << 4));
}

/** @param entry address of the two words, high and low, of the power of five */
function eiselLemire(mantissa: u64, power: i32, entry: usize): bool {
  const zeros = clz(mantissa);
  const w = mantissa << zeros;
  let high = highProduct(w, load<u64>(entry));
  let low = w * load<u64>(entry);
  if ((high & 0x1ff) == 0x1ff) {
    const carry = highProduct(w, load<u64>(entry, 8));
    low += carry;
    if (carry > low) high++;
    if (low == u64.MAX_VALUE) return false;
  }
  const upper = <i32>(high >> 63);
  const shift = upper + 9;
  let bits = high >> shift;
  let binary = (((152170 + 65536) * power) >> 16) + 63 + upper - <i32>zeros + 1023;
  if (binary <= 0 || binary >= 2046) return false;
  // Exactly between two doubles: to the even one.
  if (low <= 1 && power >= -4 && power <= 23 && (bits & 3) == 1 && bits << shift == high) bits &= ~1;
  bits = (bits + (bits & 1)) >> 1;
  if (bits >= <u64>2 << 52) {
    bits = <u64>1 << 52;
    binary++;
  }
  near = reinterpret<f64>((bits & ~(<u64>1 << 52)) | (<u64>binary << 52));
  return true;
}

/** The upper 64 bits of a product of two 64-bit numbers. */
// @ts-ignore: decorator
@inline
function highProduct(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
