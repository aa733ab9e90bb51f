// A cross-validation walks all its folds at once: block b of the design holds rows of fold b % folds, and each point belongs to
// a fold. While a block is in the cache every point passes over it.
import { blockAddress, blockCount, blockRows, COLUMNS, HEIGHT } from './layout';
import { logisticLoss, logisticResiduals } from '../logistic/float64';
import { gradientTiles, placesOf, predictStrips, stripBytes } from './many-points';

/**
 * [points, vectors, y, v, foldOf, folds, gradients, pulls, losses]: for point k, which belongs to fold foldOf[k], minus the gradient
 * of the loss over the rows of all other folds, the sum of their residuals v_i (y_i - mean_i), and the loss over the rows of
 * its own, over the lane's blocks: gradients[lane][k][column], pulls[lane][k], losses[lane][k].
 * @param scratch a predictor of a block's height for each place, then stripBytes
 */
export function foldGradients(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>load<u32>(job);
  const design = <usize>load<u32>(points);
  const vectors = load<u32>(job, 4);
  const foldOf = <usize>load<u32>(job, 16);
  const folds = load<u32>(job, 20);
  const pitch = <usize>load<u32>(design, COLUMNS) << 3;
  const out = <usize>load<u32>(job, 24) + <usize>lane * <usize>vectors * pitch;
  const pulls = <usize>load<u32>(job, 28) + (<usize>lane * <usize>vectors << 3);
  const losses = <usize>load<u32>(job, 32) + (<usize>lane * <usize>vectors << 3);
  memory.fill(out, 0, <usize>vectors * pitch);
  memory.fill(pulls, 0, <usize>vectors << 3);
  memory.fill(losses, 0, <usize>vectors << 3);
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
    for (let k: usize = 0; k < <usize>vectors; k++) {
      const eta = scratch + k * stride;
      const isOwn = load<u32>(foldOf + (k << 2)) == b % folds;
      const sum = (isOwn ? losses : pulls) + (k << 3);
      f64.store(sum, f64.load(sum) + (isOwn ? logisticLoss(rows, y, v, eta) : logisticResiduals(rows, y, v, eta)));
      // The fold's own rows have no part in its gradient.
      if (isOwn) memory.fill(eta, 0, <usize>rows << 3);
    }
    gradientTiles(z, rows, 0, load<u32>(design, COLUMNS), scratch, stride, vectors, out, pitch);
  }
}
