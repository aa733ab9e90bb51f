// Jobs over a whole design. A job is cut into lanes whose number depends on the problem alone; threads take lanes as they
// come, and what lanes leave behind is added in lane order: no digit depends on the number of threads.
//
// Every job function takes the address of its arguments (32-bit words), its lane, the number of lanes and scratch memory
// of its thread.
import { standardizeColumns } from './design/standardize';
import { BASE, blockAddress, blockCount, blockRows, bytesOf, COLUMNS, HEIGHT, ROWS, selectRows, word } from './design/layout';
import { logisticLoss, logisticPanel } from './logistic/float64';
import { foldGradients as foldGradientsOf } from './design/folds';
import { gramBlocks as gramBlocksOf, gramTiles as gramTilesOf } from './design/gram';
import { evaluateBlocks, manyCurvatures, manyErrors, manyResiduals } from './design/evaluate';
import { gradientMany, predictMany } from './design/many-points';
import { addTile, outerGramChunks, outerGramTiles, packColumns, scaleStrip } from './design/outer-gram';
import { addRow, gradientPanel, predictPanel, squarePanel } from './design/panel';
import { rankingAreas } from './auc/sorted';
import { minimiseQuadratic } from './quadratic/solve';
import { logisticFloat32, roundBlocks } from './logistic/float32';
import { solveOnSupport } from './linalg/updated-cholesky';
import { rotateRows, solveBackward, solveForward } from './linalg/upper-triangle';
import { backwardSolve, forwardSolve } from './linalg/triangle';
import { reflectFour, reflectOne, rotateVectors, tridiagonalize, twoRows } from './linalg/tridiagonal';

export { addRow, backwardSolve, forwardSolve, gradientMany, evaluateBlocks, logisticFloat32, logisticLoss, logisticPanel, manyCurvatures, manyErrors, manyResiduals, minimiseQuadratic, outerGramChunks, outerGramTiles, predictMany, predictPanel, rankingAreas, rotateVectors, roundBlocks, selectRows, solveOnSupport, standardizeColumns, tridiagonalize };

// Inner loops that have one caller. Without a name of their own they would become part of it, and what V8 optimizes meanwhile is
// taken up only by the next call.
export { addTile, packColumns, reflectFour, reflectOne, rotateRows, scaleStrip, solveBackward, solveForward, twoRows };

/** Bounds of lane `lane` when `count` items are cut into runs of whole fours. */
// @ts-ignore: decorator
@inline
function runStart(count: u32, lane: u32, lanes: u32): u32 {
  const fours = (count + 3) / 4;
  const at = <u32>((<u64>fours * lane) / lanes) * 4;
  return at < count ? at : count;
}

// What is one source for both precisions, with the name of each.

export function gradientBlocks(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  gradientBlocksOf<f64>(job, lane, lanes);
}

export function gradientBlocksFloat32(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  gradientBlocksOf<f32>(job, lane, lanes);
}

export function gramBlocks(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  gramBlocksOf<f64>(job, lane, lanes, scratch);
}

export function gramBlocksFloat32(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  gramBlocksOf<f32>(job, lane, lanes, scratch);
}

export function gramTiles(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  gramTilesOf<f64>(job, lane, lanes, scratch);
}

export function gramTilesFloat32(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  gramTilesOf<f32>(job, lane, lanes, scratch);
}

export function foldGradients(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  foldGradientsOf<f64>(job, lane, lanes, scratch);
}

export function foldGradientsFloat32(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  foldGradientsOf<f32>(job, lane, lanes, scratch);
}

/** [design, subset, count, r, partial]: partial[lane] = Z_A' r over the lane's blocks; r is of type T, partial doubles. */
function gradientBlocksOf<T>(job: usize, lane: u32, lanes: u32): void {
  const design = <usize>word(job, 0);
  const count = word(job, 2);
  const out = <usize>word(job, 4) + (<usize>lane * <usize>count << 3);
  memory.fill(out, 0, <usize>count << 3);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  for (let b = lane; b < blocks; b += lanes) {
    const r = <usize>word(job, 3) + (bytesOf<T>(<usize>b * height));
    gradientPanel<T>(blockAddress<T>(design, b), blockRows(design, b), word(job, 1), 0, count, r, out);
  }
}

/** [design, subset, count, r, out]: out_a = z_a' r for the lane's columns of a design of one block. */
export function gradientColumns(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const count = word(job, 2);
  const from = runStart(count, lane, lanes);
  const to = runStart(count, lane + 1, lanes);
  const out = <usize>word(job, 4);
  memory.fill(out + (<usize>from << 3), 0, <usize>(to - from) << 3);
  gradientPanel<f64>(load<u32>(design, BASE), load<u32>(design, ROWS), word(job, 1), from, to, word(job, 3), out);
}

/** [design, w, out]: out_j = sum_i w_i z_ij^2 for the lane's columns of a design of one block. */
export function squareColumns(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const columns = load<u32>(design, COLUMNS);
  const rows = load<u32>(design, ROWS);
  const from = runStart(columns, lane, lanes);
  const to = runStart(columns, lane + 1, lanes);
  const z = <usize>load<u32>(design, BASE) + (<usize>from * <usize>rows << 3);
  squarePanel(z, rows, to - from, word(job, 1), <usize>word(job, 2) + (<usize>from << 3));
}

/** [design, subset, count, beta, eta]: eta += Z_A beta on the lane's blocks. */
export function predictBlocks(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const eta = <usize>word(job, 4) + (<usize>b * height << 3);
    predictPanel(blockAddress<f64>(design, b), rows, word(job, 1), word(job, 2), word(job, 3), eta, 0, rows);
  }
}

/** [design, subset, count, beta, eta]: the same on the lane's rows of a design of one block. */
export function predictRows(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const rows = load<u32>(design, ROWS);
  const from = runStart(rows, lane, lanes);
  const to = runStart(rows, lane + 1, lanes);
  predictPanel(load<u32>(design, BASE), rows, word(job, 1), word(job, 2), word(job, 3), word(job, 4), from, to);
}

/**
 * [design, subset, count, beta, eta, y, v, residual, curvature, sums, gradientSubset, gradientCount, partial, shift]:
 * one step of a logistic fit in one pass over the lane's blocks: eta += shift + Z_A beta, then residual, curvature and
 * sums[lane] (loss, residual, curvature), then partial[lane] = Z_B' residual. `shift` is the address of a double.
 */
export function logisticBlocks(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>word(job, 0);
  const wanted = word(job, 11);
  const out = <usize>word(job, 12) + (<usize>lane * <usize>wanted << 3);
  memory.fill(out, 0, <usize>wanted << 3);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  const shift = f64.load(word(job, 13));
  const sums = <usize>word(job, 9) + <usize>lane * 24;
  memory.fill(sums, 0, 24);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress<f64>(design, b);
    const rows = blockRows(design, b);
    const at = <usize>b * height << 3;
    const eta = <usize>word(job, 4) + at;
    const residual = <usize>word(job, 7) + at;
    predictPanel(z, rows, word(job, 1), word(job, 2), word(job, 3), eta, 0, rows);
    const y = <usize>word(job, 5) + at;
    logisticPanel(rows, y, <usize>word(job, 6) + at, eta, residual, <usize>word(job, 8) + at, shift, sums);
    gradientPanel<f64>(z, rows, word(job, 10), 0, wanted, residual, out);
  }
}

/** out_k = sum over lanes of partial[lane]_k, in lane order. */
export function reduceLanes(partial: usize, count: u32, lanes: u32, out: usize): void {
  const step = <usize>count << 3;
  const whole = <usize>(count & ~1) << 3;
  let k: usize = 0;
  for (; k < whole; k += 16) {
    let total = v128.load(partial + k);
    for (let lane: u32 = 1; lane < lanes; lane++) total = f64x2.add(total, v128.load(partial + k + <usize>lane * step));
    v128.store(out + k, total);
  }
  if (k == step) return;
  let total = f64.load(partial + k);
  for (let lane: u32 = 1; lane < lanes; lane++) total += f64.load(partial + k + <usize>lane * step);
  f64.store(out + k, total);
}

export { largestExcess } from './design/zero-violation';
export { quadraticForms } from './linalg/quadratic-forms';
export { dotFour, ridgeTraces } from './linalg/ridge-traces';
export { shiftedTraces } from './linalg/shifted-traces';
export { tridiagonalizeEach } from './linalg/tridiagonal';
export { walkPaths } from './quadratic/path';
export { csvCount, csvInsert, csvParse } from './csv/parse';
