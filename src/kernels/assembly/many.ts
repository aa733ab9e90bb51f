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
 * [design, vectors, table]: for each of `vectors` entries (subset, count, beta, eta) of the table, eta += Z_A beta on the
 * lane's blocks; a design of one block is divided by rows.
 */
export function predictMany(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const vectors = word(job, 1);
  const table = <usize>word(job, 2);
  const blocks = blockCount(design);
  const height = load<u32>(design, HEIGHT);
  if (blocks == 1) {
    const rows = load<u32>(design, ROWS);
    const pairs = rows / 2;
    const from = <u32>((<u64>pairs * lane) / lanes) * 2;
    const to = <u32>((<u64>pairs * (lane + 1)) / lanes) * 2;
    for (let k: u32 = 0; k < vectors; k++) predictEntry(load<u32>(design, BASE), rows, table, k, 0, from, to);
    return;
  }
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const z = blockAddress(design, b);
    for (let k: u32 = 0; k < vectors; k++) predictEntry(z, rows, table, k, <usize>b * <usize>height << 3, 0, rows);
  }
}

function predictEntry(z: usize, rows: u32, table: usize, k: u32, at: usize, from: u32, to: u32): void {
  const entry = table + (<usize>k << 4);
  predictPanel(z, rows, word(entry, 0), word(entry, 1), word(entry, 2), <usize>word(entry, 3) + at, from, to);
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
 * [vectors, rows, y, v, eta, residual, stride]: the residuals of a binomial model at several predictors, divided by vector.
 * @param scratch `rows` doubles for the curvature, which is not wanted
 */
export function logisticResiduals(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const vectors = word(job, 0);
  const stride = <usize>word(job, 6);
  for (let k = lane; k < vectors; k += lanes) {
    const at = <usize>k * stride;
    logisticPanel(word(job, 1), word(job, 2), word(job, 3), <usize>word(job, 4) + at, <usize>word(job, 5) + at, scratch);
  }
}
