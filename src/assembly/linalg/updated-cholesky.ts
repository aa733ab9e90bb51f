// The Cholesky factor of H on a changing set of columns, the twin of test/reference/support-factor.ts. It is kept as R = L', row
// after row: solves, plane rotations and the way to close a gap then go along rows.
import { predictPanel } from '../design/panel';
import { rotateRows, solveBackward, solveForward } from './upper-triangle';

/** Fields of a quadratic problem's descriptor, in bytes. */
export const MATRIX: usize = 0;
/** Doubles from one row of H, and of R, to the next, and the length of each vector. */
export const STRIDE: usize = 4;
export const SIZE: usize = 8;
export const FACTOR: usize = 12;
/** Columns in the factor, in order of joining: how many, their list, and the place of each column of H (-1: not in). */
export const COUNT: usize = 16;
export const MEMBERS: usize = 20;
export const PLACES: usize = 24;
export const VECTORS: usize = 28;
/** q - H b. */
export const GRADIENT: usize = 32;

/** Vectors of a problem; those of columns first. */
export const L1: usize = 0;
export const L2: usize = 1;
export const LOWER: usize = 2;
export const UPPER: usize = 3;
export const POINT: usize = 4;
/** Lists of columns, and what goes with them. */
export const FREE: usize = 5;
export const SLOPE: usize = 6;
export const STEP: usize = 7;
export const SUPPORT: usize = 8;
export const BEFORE: usize = 9;
export const WRONG: usize = 10;
/** The ridge of each column in the factor. */
const RIDGES: usize = 11;
const WORK: usize = 12;
const REST: usize = 13;
const DIRECTION: usize = 14;
const PRODUCT: usize = 15;
const TURNED: usize = 16;

const RELATIVE_PIVOT: f64 = 1e-13;
const NEAR: f64 = 1.5;
const MOST_ROUNDS: u32 = 50;

// @ts-ignore: decorator
@inline
export function vector(q: usize, k: usize): usize {
  return <usize>load<u32>(q, VECTORS) + k * (<usize>load<u32>(q, STRIDE) << 3);
}

// @ts-ignore: decorator
@inline
function index(list: usize, k: u32): u32 {
  return load<u32>(list + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline
function at(x: usize, k: u32): f64 {
  return f64.load(x + (<usize>k << 3));
}

/** out += sum_k values_k * row list_k of H. */
export function addRows(q: usize, list: usize, count: u32, values: usize, out: usize): void {
  const even = (load<u32>(q, SIZE) + 1) & ~1;
  predictPanel(load<u32>(q, MATRIX), load<u32>(q, STRIDE), list, count, values, out, 0, even);
}

/**
 * x = (H_AA + diag(l2))^-1 b for the set A of `count` columns, to a residual of `enough`; x may be b. Columns that depend on
 * others get 0.
 */
export function solveOnSupport(q: usize, set: usize, count: u32, b: usize, x: usize, enough: f64): void {
  align(q, set, count);
  if (!isStale(q)) return applyFactor(q, set, count, b, x);
  memory.copy(vector(q, REST), b, <usize>count << 3);
  applyFactor(q, set, count, b, x);
  memory.copy(vector(q, DIRECTION), x, <usize>count << 3);
  memory.fill(x, 0, <usize>count << 3);
  conjugateGradients(q, set, count, x, enough);
}

/** Whether a column is in the factor. */
export function isInFactor(q: usize, j: u32): bool {
  return <i32>index(<usize>load<u32>(q, PLACES), j) >= 0;
}

/** Whether some column is in with another ridge than is wanted. */
function isStale(q: usize): bool {
  const members = <usize>load<u32>(q, MEMBERS);
  const ridges = vector(q, RIDGES);
  const wanted = vector(q, L2);
  const count = load<u32>(q, COUNT);
  for (let k: u32 = 0; k < count; k++) if (at(ridges, k) != at(wanted, index(members, k))) return true;
  return false;
}

/** From x = 0; REST is b, DIRECTION what the factor makes of it. */
function conjugateGradients(q: usize, set: usize, count: u32, x: usize, enough: f64): void {
  const rest = vector(q, REST);
  const direction = vector(q, DIRECTION);
  const product = vector(q, PRODUCT);
  const places = <usize>load<u32>(q, PLACES);
  const ridge = vector(q, L2);
  const bytes = <usize>count << 3;
  const turned = vector(q, TURNED);
  let along = dotOf(rest, direction, count);
  for (let round: u32 = 0; round < MOST_ROUNDS; round++) {
    memory.fill(product, 0, <usize>load<u32>(q, STRIDE) << 3);
    addRows(q, set, count, direction, product);
    let curvature: f64 = 0;
    for (let k: u32 = 0; k < count; k++) {
      const j = index(set, k);
      const d = at(direction, k);
      curvature += d * (at(product, j) + at(ridge, j) * d);
    }
    if (!(curvature > 0)) return;
    const length = along / curvature;
    let worst: f64 = 0;
    for (let k: u32 = 0; k < count; k++) {
      const j = index(set, k);
      const d = at(direction, k);
      const o = <usize>k << 3;
      f64.store(x + o, f64.load(x + o) + length * d);
      const left = f64.load(rest + o) - length * (at(product, j) + at(ridge, j) * d);
      f64.store(rest + o, left);
      if (<i32>index(places, j) >= 0) worst = max(worst, Math.abs(left));
    }
    if (worst <= enough) return;
    applyFactor(q, set, count, rest, turned);
    const next = dotOf(rest, turned, count);
    const share = next / along;
    along = next;
    for (let o: usize = 0; o < bytes; o += 8) f64.store(direction + o, f64.load(turned + o) + share * f64.load(direction + o));
  }
}

function dotOf(x: usize, y: usize, count: u32): f64 {
  let sum: f64 = 0;
  for (let k: u32 = 0; k < count; k++) sum += at(x, k) * at(y, k);
  return sum;
}

/** x = (R'R)^-1 b, 0 for columns that are not in; x may be b. */
function applyFactor(q: usize, set: usize, count: u32, b: usize, x: usize): void {
  const places = <usize>load<u32>(q, PLACES);
  const factor = <usize>load<u32>(q, FACTOR);
  const stride = load<u32>(q, STRIDE);
  const size = load<u32>(q, COUNT);
  const work = vector(q, WORK);
  memory.fill(work, 0, <usize>size << 3);
  for (let k: u32 = 0; k < count; k++) {
    const place = index(places, index(set, k));
    if (<i32>place >= 0) f64.store(work + (<usize>place << 3), at(b, k));
  }
  solveForward(factor, stride, size, work);
  solveBackward(factor, stride, size, work);
  for (let k: u32 = 0; k < count; k++) {
    const place = index(places, index(set, k));
    f64.store(x + (<usize>k << 3), <i32>place >= 0 ? at(work, place) : 0);
  }
}

/** Lets columns leave and join until the factor is that of the set. */
function align(q: usize, set: usize, count: u32): void {
  const members = <usize>load<u32>(q, MEMBERS);
  const places = <usize>load<u32>(q, PLACES);
  const ridges = vector(q, RIDGES);
  const wanted = vector(q, L2);
  const isIn = vector(q, WORK);
  const leaving = vector(q, PRODUCT);
  memory.fill(isIn, 0, <usize>load<u32>(q, SIZE));
  for (let k: u32 = 0; k < count; k++) store<u8>(isIn + <usize>index(set, k), 1);
  const size = load<u32>(q, COUNT);
  let gone: u32 = 0;
  for (let k: u32 = 0; k < size; k++) {
    const j = index(members, k);
    if (load<u8>(isIn + <usize>j) == 1 && isNear(at(ridges, k), at(wanted, j))) continue;
    store<u32>(leaving + (<usize>gone << 2), j);
    gone++;
  }
  let turning: f64 = 0;
  for (let k: u32 = 0; k < gone; k++) {
    const rows = <f64>(size - index(places, index(leaving, k)));
    turning += 2 * rows * rows;
  }
  const first = gone > 0 ? index(places, index(leaving, 0)) : size;
  if (6 * turning > cube(size) - cube(first)) truncate(q, first);
  else for (let k: u32 = 0; k < gone; k++) remove(q, index(places, index(leaving, k)));
  for (let k: u32 = 0; k < count; k++) {
    const j = index(set, k);
    if (<i32>index(places, j) < 0) append(q, j, at(wanted, j));
  }
}

// @ts-ignore: decorator
@inline
function isNear(ridge: f64, wanted: f64): bool {
  return ridge == wanted || (wanted <= NEAR * ridge && ridge <= NEAR * wanted);
}

// @ts-ignore: decorator
@inline
function cube(x: u32): f64 {
  return <f64>x * <f64>x * <f64>x;
}

/** Forgets all columns from a place on. */
function truncate(q: usize, from: u32): void {
  const members = <usize>load<u32>(q, MEMBERS);
  const places = <usize>load<u32>(q, PLACES);
  const size = load<u32>(q, COUNT);
  for (let k = from; k < size; k++) store<u32>(places + (<usize>index(members, k) << 2), 0xffffffff);
  store<u32>(q, from, COUNT);
}

function append(q: usize, j: u32, ridge: f64): void {
  const size = load<u32>(q, COUNT);
  const stride = load<u32>(q, STRIDE);
  const step = <usize>stride << 3;
  const factor = <usize>load<u32>(q, FACTOR);
  const members = <usize>load<u32>(q, MEMBERS);
  const row = <usize>load<u32>(q, MATRIX) + <usize>j * step;
  const column = vector(q, WORK);
  for (let k: u32 = 0; k < size; k++) f64.store(column + (<usize>k << 3), at(row, index(members, k)));
  solveForward(factor, stride, size, column);
  const diagonal = at(row, j) + ridge;
  let pivot = diagonal;
  for (let k: u32 = 0; k < size; k++) pivot -= at(column, k) * at(column, k);
  if (!(pivot > RELATIVE_PIVOT * diagonal)) return;
  let to = factor + (<usize>size << 3);
  for (let k: u32 = 0; k < size; k++, to += step) f64.store(to, at(column, k));
  f64.store(to, Math.sqrt(pivot));
  store<u32>(members + (<usize>size << 2), j);
  store<u32>(<usize>load<u32>(q, PLACES) + (<usize>j << 2), size);
  f64.store(vector(q, RIDGES) + (<usize>size << 3), ridge);
  store<u32>(q, size + 1, COUNT);
}

/** Takes the column at a place out and turns what is then left below the diagonal above it by plane rotations. */
function remove(q: usize, place: u32): void {
  const step = <usize>load<u32>(q, STRIDE) << 3;
  const factor = <usize>load<u32>(q, FACTOR);
  const last = load<u32>(q, COUNT) - 1;
  const bytes = <usize>(last - place) << 3;
  let gap = factor + (<usize>place << 3);
  for (let k: u32 = 0; k < place; k++, gap += step) memory.copy(gap, gap + 8, bytes);
  for (let k = place; k < last; k++, gap += step + 8) rotateRows(gap, gap + step + 8, last - k);
  const members = <usize>load<u32>(q, MEMBERS);
  const places = <usize>load<u32>(q, PLACES);
  const ridges = vector(q, RIDGES);
  store<u32>(places + (<usize>index(members, place) << 2), 0xffffffff);
  for (let k = place; k < last; k++) {
    const j = index(members, k + 1);
    store<u32>(members + (<usize>k << 2), j);
    store<u32>(places + (<usize>j << 2), k);
    f64.store(ridges + (<usize>k << 3), at(ridges, k + 1));
  }
  store<u32>(q, last, COUNT);
}
