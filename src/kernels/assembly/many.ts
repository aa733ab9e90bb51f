// Several coefficient vectors at once: a block of the design is read once and used for all of them while it is in the cache.
import { BASE, blockAddress, blockCount, blockRows, HEIGHT, ROWS } from './design';
import { logisticPanel } from './logistic';
import { gradientPanel, predictPanel } from './panel';

// @ts-ignore: decorator
@inline
function word(job: usize, k: usize): u32 {
  return load<u32>(job + (k << 2));
}

/**
 * [design, vectors, table, offset, intercepts]: for each of `vectors` entries (subset, count, beta, eta) of the table,
 * eta_k = offset + intercept_k + Z_A beta (with offset 0: eta_k += Z_A beta) on the lane's blocks; a design of one block is
 * divided by rows.
 */
export function predictMany(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const vectors = word(job, 1);
  const blocks = blockCount(design);
  const height = load<u32>(design, HEIGHT);
  if (blocks == 1) {
    const rows = load<u32>(design, ROWS);
    const pairs = rows / 2;
    const from = <u32>((<u64>pairs * lane) / lanes) * 2;
    const to = <u32>((<u64>pairs * (lane + 1)) / lanes) * 2;
    for (let k: u32 = 0; k < vectors; k++) predictEntry(job, load<u32>(design, BASE), rows, k, 0, from, to);
    return;
  }
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const z = blockAddress(design, b);
    for (let k: u32 = 0; k < vectors; k++) predictEntry(job, z, rows, k, <usize>b * <usize>height << 3, 0, rows);
  }
}

function predictEntry(job: usize, z: usize, rows: u32, k: u32, at: usize, from: u32, to: u32): void {
  const entry = <usize>word(job, 2) + (<usize>k << 4);
  const eta = <usize>word(entry, 3) + at;
  const offset = <usize>word(job, 3);
  if (offset != 0) {
    const shift = f64x2.splat(f64.load(<usize>word(job, 4) + (<usize>k << 3)));
    for (let i = <usize>from << 3; i < <usize>to << 3; i += 16) {
      v128.store(eta + i, f64x2.add(v128.load(offset + at + i), shift));
    }
  }
  predictPanel(z, rows, word(entry, 0), word(entry, 1), word(entry, 2), eta, from, to);
}

/**
 * [design, vectors, r, stride, subset, count, out]: out[lane][k] = Z_A' r_k on the lane's blocks, r_k being `stride` bytes
 * apart; for a design of one block out[k] is whole, divided by columns.
 */
export function gradientMany(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const vectors = word(job, 1);
  const stride = <usize>word(job, 3);
  const count = word(job, 5);
  const row = <usize>count << 3;
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  let out = <usize>word(job, 6);
  if (blocks == 1) {
    const fours = (count + 3) / 4;
    let from = <u32>((<u64>fours * lane) / lanes) * 4;
    const end = <u32>((<u64>fours * (lane + 1)) / lanes) * 4;
    // Sixteen columns at a time stay in the cache while all vectors pass over them.
    while (from < end && from < count) {
      let to = from + 16 < end ? from + 16 : end;
      if (to > count) to = count;
      for (let k: u32 = 0; k < vectors; k++) {
        const target = out + <usize>k * row;
        memory.fill(target + (<usize>from << 3), 0, <usize>(to - from) << 3);
        const r = <usize>word(job, 2) + <usize>k * stride;
        gradientPanel(load<u32>(design, BASE), load<u32>(design, ROWS), word(job, 4), from, to, r, target);
      }
      from = to;
    }
    return;
  }
  out += <usize>lane * <usize>vectors * row;
  memory.fill(out, 0, <usize>vectors * row);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress(design, b);
    const rows = blockRows(design, b);
    for (let k: u32 = 0; k < vectors; k++) {
      const r = <usize>word(job, 2) + <usize>k * stride + (<usize>b * height << 3);
      gradientPanel(z, rows, word(job, 4), 0, count, r, out + <usize>k * row);
    }
  }
}

/**
 * [vectors, rows, y, v, eta, stride, pulls]: the residuals of a binomial model, in place of several predictors, and the
 * sum of each. Divided by vector.
 * @param scratch `rows` doubles for the curvature and two for the sums
 */
export function logisticResiduals(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const vectors = word(job, 0);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>word(job, 4) + <usize>k * <usize>word(job, 5);
    memory.fill(scratch, 0, 16);
    logisticPanel(word(job, 1), word(job, 2), word(job, 3), eta, eta, scratch + 16, 0, scratch);
    f64.store(<usize>word(job, 6) + (<usize>k << 3), f64.load(scratch + 8));
  }
}

/** The same of a gaussian model: residual_i = v_i (y_i - eta_i). */
export function gaussianResiduals(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = word(job, 0);
  const end = <usize>word(job, 1) << 3;
  const y = <usize>word(job, 2);
  const v = <usize>word(job, 3);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>word(job, 4) + <usize>k * <usize>word(job, 5);
    let total = f64x2.splat(0);
    for (let i: usize = 0; i < end; i += 16) {
      const r = f64x2.mul(v128.load(v + i), f64x2.sub(v128.load(y + i), v128.load(eta + i)));
      v128.store(eta + i, r);
      total = f64x2.add(total, r);
    }
    f64.store(<usize>word(job, 6) + (<usize>k << 3), f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1));
  }
}

/** [vectors, rows, y, w, eta, stride, out]: out_k = (sum w e^2, sum w |e|, 0) with e = y - eta_k. Divided by vector. */
export function gaussianErrors(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const vectors = word(job, 0);
  const end = <usize>word(job, 1) << 3;
  const y = <usize>word(job, 2);
  const w = <usize>word(job, 3);
  for (let k = lane; k < vectors; k += lanes) {
    const eta = <usize>word(job, 4) + <usize>k * <usize>word(job, 5);
    let squares = f64x2.splat(0);
    let absolute = squares;
    for (let i: usize = 0; i < end; i += 16) {
      const e = f64x2.sub(v128.load(y + i), v128.load(eta + i));
      const weighted = f64x2.mul(v128.load(w + i), e);
      squares = f64x2.add(squares, f64x2.mul(weighted, e));
      absolute = f64x2.add(absolute, f64x2.abs(weighted));
    }
    const out = <usize>word(job, 6) + <usize>k * 24;
    f64.store(out, f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
    f64.store(out, f64x2.extract_lane(absolute, 0) + f64x2.extract_lane(absolute, 1), 8);
    f64.store(out, 0, 16);
  }
}
