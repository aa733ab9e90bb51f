import { COLUMN_LANES, LANES } from '../runtime/lanes.js';
import { type DesignPoint, type EvaluationRows, pointsTogether } from './evaluate-points.js';
import { pointTable, stripBytes, stripRows } from './points.js';

/** How the weights of a point stand to those of another: the least and the largest ratio over the rows, and their sum. */
export interface WeightRatios {
  readonly least: number;
  readonly most: number;
  readonly total: number;
}

/**
 * Weights v_i times the second derivative of the logistic loss at any number of points, in one pass over the data for a dozen or more.
 * @param reference weights of another point to which each stands in some ratio; null for none
 * @param look is given a point's weights, length rows, which are given back when it returns
 */
export function curvaturesAt(
  { design, offset }: Pick<EvaluationRows, 'design' | 'offset'>,
  v: Float64Array,
  points: readonly DesignPoint[],
  reference: Float64Array | null,
  look: (w: Float64Array, ratios: WeightRatios, k: number) => void,
): void {
  const { wasm, pool } = design.engine;
  const together = pointsTogether(stripRows(design), true);
  const scratch = stripBytes(design);
  for (let from = 0; from < points.length; from += together) {
    const some = points.slice(from, from + together);
    wasm.scoped(() => {
      const { address, places } = pointTable(design, offset, some);
      const length = stripRows(design);
      const eta = wasm.doubles(length * places);
      const predict = [address, eta.byteOffset, 8 * length];
      pool.run('predictMany', wasm.words(predict), design.isOneBlock ? COLUMN_LANES : LANES, { scratch });
      const ratios = wasm.doubles(3 * some.length);
      const other = reference === null ? 0 : design.vectorIn(reference);
      const job = [some.length, design.paddedRows, design.vectorIn(v), eta.byteOffset, 8 * length, other];
      pool.run('manyCurvatures', wasm.words([...job, ratios.byteOffset]), LANES);
      some.forEach((_, k) => {
        const [least, most, total] = ratios.subarray(3 * k, 3 * k + 3);
        look(eta.subarray(k * length, k * length + design.rows), { least, most, total }, from + k);
      });
    });
  }
}
