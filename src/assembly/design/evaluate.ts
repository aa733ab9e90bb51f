// What points of a path are evaluated by: gradients of the loss, and errors. On a design of many blocks all points pass over a
// block while it is in the cache.
import { blockAddress, blockCount, blockRows, COLUMNS, HEIGHT } from './layout';
import { logisticCurvatures, logisticErrors, logisticResiduals } from '../logistic/float64';
import { gradientTiles, placesOf, predictStrips, stripBytes } from './many-points';

/** Fields of a evaluateBlocks job. */
const VECTORS: usize = 4;
const FAMILY: usize = 8;
const Y: usize = 12;
const V: usize = 16;
const W: usize = 20;
const GRADIENTS: usize = 24;
const PULLS: usize = 28;
const SUMS: usize = 32;
const KEPT: usize = 36;
const KEPT_STRIDE: usize = 40;

/** What a family may be; 1 is binomial with any weights. */
const GAUSSIAN: u32 = 0;
/** Binomial, with each weight of an error 0 or 1. */
const COUNTED: u32 = 2;

/** Bytes of the sums of errors of one point. */
const ERRORS: usize = 24;

/**
 * [points, vectors, family, y, v, w, gradients, pulls, sums, kept, keptStride]: what is asked for of the points over the lane's
 * blocks. gradients[lane][k][column] is minus the gradient of the loss and pulls[lane][k] the sum of the residuals
 * v_i (y_i - mean_i), unless `gradients` is 0; sums[lane][k] are the sums of errors with weights w, unless `sums` is 0; and the
 * predictors are kept at `kept`, keptStride bytes apart, unless that is 0.
 * @param scratch a predictor of a block's height for each place, then stripBytes
 */
export function evaluateBlocks(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>load<u32>(job);
  const design = <usize>load<u32>(points);
  const vectors = load<u32>(job, VECTORS);
  const pitch = <usize>load<u32>(design, COLUMNS) << 3;
  const gradients = laneOf(load<u32>(job, GRADIENTS), lane, <usize>vectors * pitch);
  const pulls = laneOf(load<u32>(job, PULLS), lane, <usize>vectors << 3);
  const sums = laneOf(load<u32>(job, SUMS), lane, <usize>vectors * ERRORS);
  const stride = <usize>load<u32>(design, HEIGHT) << 3;
  const strip = scratch + <usize>placesOf(points) * stride;
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress<f64>(design, b);
    const rows = blockRows(design, b);
    const at = <usize>b * stride;
    predictStrips<f64>(points, z, rows, 0, rows, at, scratch, stride, strip);
    for (let k: usize = 0; k < <usize>vectors; k++) {
      const eta = scratch + k * stride;
      const kept = <usize>load<u32>(job, KEPT);
      if (kept != 0) memory.copy(kept + k * <usize>load<u32>(job, KEPT_STRIDE) + at, eta, <usize>rows << 3);
      evaluatePoint(job, rows, at, eta, pulls + (k << 3), sums + k * ERRORS);
    }
    if (gradients != 0) gradientTiles<f64>(z, rows, 0, <u32>(pitch >> 3), scratch, stride, vectors, gradients, pitch);
  }
}

/** The lane's part of a result, zeros; 0 where it is not asked for. */
function laneOf(results: usize, lane: u32, bytes: usize): usize {
  if (results == 0) return 0;
  memory.fill(results + <usize>lane * bytes, 0, bytes);
  return results + <usize>lane * bytes;
}

/** Adds what the rows of a block say of one predictor, which becomes residuals where gradients are asked for. */
function evaluatePoint(job: usize, rows: u32, at: usize, eta: usize, pull: usize, sums: usize): void {
  const y = <usize>load<u32>(job, Y) + at;
  const v = <usize>load<u32>(job, V) + at;
  const w = <usize>load<u32>(job, W) + at;
  const wantsErrors = load<u32>(job, SUMS) != 0;
  if (load<u32>(job, GRADIENTS) == 0) {
    addErrors(load<u32>(job, FAMILY), rows, y, w, eta, sums);
    return;
  }
  const family = load<u32>(job, FAMILY);
  let total: f64;
  if (family == GAUSSIAN) {
    if (wantsErrors) gaussianErrors(rows, y, w, eta, sums);
    total = gaussianResiduals(rows, y, v, eta);
  } else if (wantsErrors) total = logisticErrors(rows, y, v, w, family == COUNTED, eta, sums);
  else total = logisticResiduals(rows, y, v, eta);
  f64.store(pull, f64.load(pull) + total);
}

/** Adds a predictor's errors to its sums; what it is afterwards is not defined. */
function addErrors(family: u32, rows: u32, y: usize, w: usize, eta: usize, sums: usize): void {
  if (family == GAUSSIAN) gaussianErrors(rows, y, w, eta, sums);
  else logisticErrors(rows, y, w, w, family == COUNTED, eta, sums);
}

/** Turns predictors into residuals, in place, and returns the sum of these. */
function gaussianResiduals(rows: u32, y: usize, v: usize, eta: usize): f64 {
  const end = <usize>rows << 3;
  let total = f64x2.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    const r = f64x2.mul(v128.load(v + i), f64x2.sub(v128.load(y + i), v128.load(eta + i)));
    v128.store(eta + i, r);
    total = f64x2.add(total, r);
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** [vectors, rows, y, v, family, eta, stride, pulls]: residuals in place of several predictors, and the sum of each. Divided by vector. */
export function manyResiduals(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = load<u32>(job);
  const rows = load<u32>(job, 4);
  const y = <usize>load<u32>(job, 8);
  const v = <usize>load<u32>(job, 12);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>load<u32>(job, 20) + <usize>k * <usize>load<u32>(job, 24);
    const isBinomial = load<u32>(job, 16) != GAUSSIAN;
    const pull = isBinomial ? logisticResiduals(rows, y, v, eta) : gaussianResiduals(rows, y, v, eta);
    f64.store(<usize>load<u32>(job, 28) + (<usize>k << 3), pull);
  }
}

/**
 * [vectors, rows, y, w, family, eta, stride, sums]: the sums of errors of predictors in memory, which stay: sums[k]. Divided by
 * vector. @param scratch a predictor of `rows`
 */
export function manyErrors(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const vectors = load<u32>(job);
  const rows = load<u32>(job, 4);
  for (let k = lane; k < vectors; k += lanes) {
    const sums = <usize>load<u32>(job, 28) + <usize>k * ERRORS;
    memory.fill(sums, 0, ERRORS);
    memory.copy(scratch, <usize>load<u32>(job, 20) + <usize>k * <usize>load<u32>(job, 24), <usize>rows << 3);
    addErrors(load<u32>(job, 16), rows, load<u32>(job, 8), load<u32>(job, 12), scratch, sums);
  }
}

/** Adds sum w e^2 and sum w |e|, e = y - eta, to the first two of three sums. */
function gaussianErrors(rows: u32, y: usize, w: usize, eta: usize, sums: usize): void {
  const end = <usize>rows << 3;
  let squares = f64x2.splat(0);
  let absolute = squares;
  for (let i: usize = 0; i < end; i += 16) {
    const e = f64x2.sub(v128.load(y + i), v128.load(eta + i));
    const weighted = f64x2.mul(v128.load(w + i), e);
    squares = f64x2.add(squares, f64x2.mul(weighted, e));
    absolute = f64x2.add(absolute, f64x2.abs(weighted));
  }
  f64.store(sums, f64.load(sums) + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
  f64.store(sums, f64.load(sums, 8) + f64x2.extract_lane(absolute, 0) + f64x2.extract_lane(absolute, 1), 8);
}

/** [vectors, rows, v, eta, stride, u, out]: `logisticCurvatures` of predictors that are `stride` bytes apart, three numbers each at `out`. */
export function manyCurvatures(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = load<u32>(job);
  const stride = <usize>load<u32>(job, 16);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>load<u32>(job, 12) + <usize>k * stride;
    const out = <usize>load<u32>(job, 24) + <usize>k * 24;
    logisticCurvatures(load<u32>(job, 4), load<u32>(job, 8), eta, load<u32>(job, 20), out);
  }
}
