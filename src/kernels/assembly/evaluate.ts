// What points of a path are judged by: gradients of the loss and errors. On a design of many blocks all points pass over a
// block while it is in the cache, and nothing of the rows' length is kept.
import { blockAddress, blockCount, blockRows, COLUMNS, HEIGHT } from './design';
import { logisticResiduals } from './logistic';
import { gradientTiles, placesOf, predictStrips, stripBytes } from './many';

/**
 * [points, vectors, y, v, isBinomial, gradients, pulls]: minus the gradients of the loss at the points, and the sums of the
 * residuals v_i (y_i - mean_i), over the lane's blocks: gradients[lane][k][column], pulls[lane][k].
 * @param scratch a predictor of a block's height for each place, then stripBytes
 */
export function pointGradients(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>load<u32>(job);
  const design = <usize>load<u32>(points);
  const vectors = load<u32>(job, 4);
  const columns = load<u32>(design, COLUMNS);
  const pitch = <usize>columns << 3;
  const out = <usize>load<u32>(job, 20) + <usize>lane * <usize>vectors * pitch;
  const pulls = <usize>load<u32>(job, 24) + (<usize>lane * <usize>vectors << 3);
  memory.fill(out, 0, <usize>vectors * pitch);
  memory.fill(pulls, 0, <usize>vectors << 3);
  const stride = <usize>load<u32>(design, HEIGHT) << 3;
  const strip = scratch + <usize>placesOf(points) * stride;
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress(design, b);
    const rows = blockRows(design, b);
    const at = <usize>b * stride;
    predictStrips(points, z, rows, 0, rows, at, scratch, stride, strip);
    const y = <usize>load<u32>(job, 8) + at;
    const v = <usize>load<u32>(job, 12) + at;
    for (let k: u32 = 0; k < vectors; k++) {
      const eta = scratch + <usize>k * stride;
      const pull = load<u32>(job, 16) != 0 ? logisticResiduals(rows, y, v, eta) : gaussianPull(rows, y, v, eta);
      const sum = pulls + (<usize>k << 3);
      f64.store(sum, f64.load(sum) + pull);
    }
    gradientTiles(z, rows, 0, columns, scratch, stride, vectors, out, pitch);
  }
}

/** Turns predictors into residuals, in place, and returns the sum of these. */
function gaussianPull(rows: u32, y: usize, v: usize, eta: usize): f64 {
  const end = <usize>rows << 3;
  let total = f64x2.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    const r = f64x2.mul(v128.load(v + i), f64x2.sub(v128.load(y + i), v128.load(eta + i)));
    v128.store(eta + i, r);
    total = f64x2.add(total, r);
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** [vectors, rows, y, v, isBinomial, eta, stride, pulls]: residuals in place of several predictors, and the sum of each. Divided by vector. */
export function manyResiduals(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = load<u32>(job);
  const rows = load<u32>(job, 4);
  const y = <usize>load<u32>(job, 8);
  const v = <usize>load<u32>(job, 12);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>load<u32>(job, 20) + <usize>k * <usize>load<u32>(job, 24);
    const pull = load<u32>(job, 16) != 0 ? logisticResiduals(rows, y, v, eta) : gaussianPull(rows, y, v, eta);
    f64.store(<usize>load<u32>(job, 28) + (<usize>k << 3), pull);
  }
}

/**
 * [points, vectors, y, w, sums]: sums[lane][k] = (sum w e^2, sum w |e|, 0) with e = y - eta_k over the lane's blocks.
 * @param scratch a predictor of a block's height for each place, then stripBytes
 */
export function gaussianPointErrors(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>load<u32>(job);
  const design = <usize>load<u32>(points);
  const vectors = load<u32>(job, 4);
  const sums = <usize>load<u32>(job, 16) + <usize>lane * <usize>vectors * 24;
  memory.fill(sums, 0, <usize>vectors * 24);
  const stride = <usize>load<u32>(design, HEIGHT) << 3;
  const strip = scratch + <usize>placesOf(points) * stride;
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const at = <usize>b * stride;
    predictStrips(points, blockAddress(design, b), rows, 0, rows, at, scratch, stride, strip);
    const y = <usize>load<u32>(job, 8) + at;
    const w = <usize>load<u32>(job, 12) + at;
    for (let k: u32 = 0; k < vectors; k++) addErrors(rows, y, w, scratch + <usize>k * stride, sums + <usize>k * 24);
  }
}

/** [vectors, rows, y, w, eta, stride, out]: the same sums of predictors in memory: out_k. Divided by vector. */
export function gaussianErrors(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = load<u32>(job);
  for (let k = lane; k < vectors; k += lanes) {
    const out = <usize>load<u32>(job, 24) + <usize>k * 24;
    memory.fill(out, 0, 24);
    const eta = <usize>load<u32>(job, 16) + <usize>k * <usize>load<u32>(job, 20);
    addErrors(load<u32>(job, 4), load<u32>(job, 8), load<u32>(job, 12), eta, out);
  }
}

function addErrors(rows: u32, y: usize, w: usize, eta: usize, out: usize): void {
  const end = <usize>rows << 3;
  let squares = f64x2.splat(0);
  let absolute = squares;
  for (let i: usize = 0; i < end; i += 16) {
    const e = f64x2.sub(v128.load(y + i), v128.load(eta + i));
    const weighted = f64x2.mul(v128.load(w + i), e);
    squares = f64x2.add(squares, f64x2.mul(weighted, e));
    absolute = f64x2.add(absolute, f64x2.abs(weighted));
  }
  f64.store(out, f64.load(out) + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
  f64.store(out, f64.load(out, 8) + f64x2.extract_lane(absolute, 0) + f64x2.extract_lane(absolute, 1), 8);
}
