// A cross-validation walks all its folds at once: block b of the design holds rows of fold b % folds, and each point belongs to
// a fold. While a block is in the cache every point passes over it.
import { blockAddress, blockCount, blockRows, bytesOf, COLUMNS, HEIGHT, word } from './layout';
import { logisticResidualsFloat32, widen } from '../logistic/float32';
import { logisticLoss, logisticResiduals } from '../logistic/float64';
import { gradientTiles, placesOf, predictStrips, stripBytes } from './many-points';

/**
 * [points, design, vectors, weights, y, v, foldOf, folds, gradients, pulls, losses]: for point k, which belongs to fold foldOf[k], minus the
 * gradient of the loss over the rows of all other folds, the sum of their residuals, and the loss over the rows of its own with
 * weights v_i, over the lane's blocks: gradients[lane][k][column], pulls[lane][k], losses[lane][k]. y, v and results are doubles, whatever
 * the type T of the design's cells. Residuals have weights of type T: v itself in double precision; in single precision they are
 * signed by the class (logistic/float32.ts).
 * @param scratch a predictor of a block's height for each place, then stripBytes, and in single precision a block's height of doubles
 */
export function foldGradients<T>(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>word(job, 0);
  const design = <usize>word(job, 1);
  const vectors = word(job, 2);
  const foldOf = <usize>word(job, 6);
  const folds = word(job, 7);
  const pitch = <usize>load<u32>(design, COLUMNS) << 3;
  const out = <usize>word(job, 8) + <usize>lane * <usize>vectors * pitch;
  const pulls = <usize>word(job, 9) + (<usize>lane * <usize>vectors << 3);
  const losses = <usize>word(job, 10) + (<usize>lane * <usize>vectors << 3);
  memory.fill(out, 0, <usize>vectors * pitch);
  memory.fill(pulls, 0, <usize>vectors << 3);
  memory.fill(losses, 0, <usize>vectors << 3);
  const height = <usize>load<u32>(design, HEIGHT);
  const stride = bytesOf<T>(height);
  const strip = scratch + <usize>placesOf(points) * stride;
  const doubles = strip + stripBytes<T>(points);
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress<T>(design, b);
    const rows = blockRows(design, b);
    const row = <usize>b * height;
    predictStrips<T>(points, z, rows, 0, rows, bytesOf<T>(row), scratch, stride, strip);
    const y = <usize>word(job, 4) + (row << 3);
    const v = <usize>word(job, 5) + (row << 3);
    for (let k: usize = 0; k < <usize>vectors; k++) {
      const eta = scratch + k * stride;
      if (load<u32>(foldOf + (k << 2)) == b % folds) {
        f64.store(losses + (k << 3), f64.load(losses + (k << 3)) + lossAt<T>(rows, y, v, eta, doubles));
        // The fold's own rows have no part in its gradient.
        memory.fill(eta, 0, bytesOf<T>(rows));
      } else {
        const pull = residualsAt<T>(rows, y, <usize>word(job, 3) + bytesOf<T>(row), eta);
        f64.store(pulls + (k << 3), f64.load(pulls + (k << 3)) + pull);
      }
    }
    gradientTiles<T>(z, rows, 0, load<u32>(design, COLUMNS), scratch, stride, vectors, out, pitch);
  }
}

/** The loss, in double precision whatever the type of eta: losses are compared. @param doubles scratch */
// @ts-ignore: decorator
@inline
function lossAt<T>(rows: u32, y: usize, v: usize, eta: usize, doubles: usize): f64 {
  if (sizeof<T>() == 8) return logisticLoss(rows, y, v, eta);
  widen(rows, eta, doubles);
  return logisticLoss(rows, y, v, doubles);
}

/** eta becomes the residuals; returns their sum. */
// @ts-ignore: decorator
@inline
function residualsAt<T>(rows: u32, y: usize, weights: usize, eta: usize): f64 {
  return sizeof<T>() == 8 ? logisticResiduals(rows, y, weights, eta) : logisticResidualsFloat32(rows, weights, eta);
}
