import type { Engine } from '../runtime/engine.js';
import { Blocks } from './blocks.js';
import { type ErrorSums, type EvaluationRows, errorsAt } from './evaluate-points.js';

/** Predictors in the memory of the kernels at a time. */
export const PREDICTORS = 12;

/**
 * The errors at linear predictors that are known, on the compiled kernels: a dozen predictors are a design of their own, of which
 * each point takes one column.
 * @param rows what predictors are measured on; the offset is in them already
 * @param predictor gives the predictor number k; length rows
 */
export function errorsOfPredictors(
  engine: Engine,
  rows: Omit<EvaluationRows, 'design' | 'offset'>,
  count: number,
  predictor: (k: number) => Float64Array,
): ErrorSums[] {
  const { length } = rows.y;
  const offset = new Float64Array(length);
  const found: ErrorSums[] = [];
  for (let from = 0; from < count; from += PREDICTORS) {
    const size = Math.min(PREDICTORS, count - from);
    const etas = Array.from({ length: size }, (_, k) => predictor(from + k));
    engine.wasm.scoped(() => {
      const copy = (j: number, at: number, out: Float64Array) =>
        out.set(etas[j].subarray(at, at + out.length));
      const design = Blocks.layOut(engine, length, size, copy, false);
      found.push(
        ...errorsAt(
          { ...rows, offset, design },
          etas.map((_, k) => takingColumn(k, size)),
        ),
      );
    });
  }
  return found;
}

function takingColumn(k: number, columns: number) {
  const beta = new Float64Array(columns);
  beta[k] = 1;
  return { intercept: 0, beta };
}
