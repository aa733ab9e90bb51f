import { Blocks } from '../design/blocks.js';
import {
  type Learning,
  MOMENTS,
  type NumberColumn,
  standardizeColumns,
} from '../design/standardized-columns.js';
import type { Engine } from '../runtime/engine.js';
import { featureValues } from './encode.js';
import type { LaidOut, SourcedFeature } from './laid-out.js';
import { isMostlyLevels, layOutTrainingCoded } from './lay-out-levels.js';
import { learnStandardization, type Standardization, standardizeInPlace } from './standardize.js';

/**
 * Learns the standardization of each feature from the training rows and lays these out.
 * @param rows row numbers in the columns
 */
export function layOutTraining(
  features: readonly SourcedFeature[],
  rows: Int32Array,
  learning: Learning,
  engine: Engine,
): LaidOut {
  if (isMostlyLevels(features, rows.length)) return layOutTrainingCoded(features, rows, learning, engine);
  const standardization: Standardization[] = new Array(features.length);
  const values = (j: number) => {
    const x = featureValues(features[j].spec, features[j].column, rows);
    standardization[j] = learnStandardization(x, learning.v, learning);
    standardizeInPlace(x, standardization[j]);
    return x;
  };
  const design = new Blocks(engine, rows.length, features.length);
  const moments = new Float64Array(MOMENTS * features.length);
  const numbers = numberColumns(features);
  standardizeColumns(design, numbers, rows, moments, learning);
  numbers.forEach((column, j) => {
    const at = MOMENTS * j;
    if (column === null) design.setColumn(j, values(j));
    else standardization[j] = { centre: moments[at], remainder: moments[at + 1], scale: moments[at + 2] };
  });
  return {
    design,
    standardization,
    layOut: (others, otherRows) => layOutOthers(others, otherRows, standardization, engine),
  };
}

/** Lays out other rows by what was learned. */
function layOutOthers(
  features: readonly SourcedFeature[],
  rows: Int32Array,
  standardization: readonly Standardization[],
  engine: Engine,
): Blocks {
  const values = (j: number) => {
    const x = featureValues(features[j].spec, features[j].column, rows);
    standardizeInPlace(x, standardization[j]);
    return x;
  };
  const design = new Blocks(engine, rows.length, features.length);
  const moments = new Float64Array(MOMENTS * features.length);
  standardization.forEach(({ centre, remainder, scale }, j) => {
    moments[MOMENTS * j] = centre;
    moments[MOMENTS * j + 1] = remainder;
    moments[MOMENTS * j + 2] = scale;
  });
  const numbers = numberColumns(features);
  standardizeColumns(design, numbers, rows, moments, null);
  numbers.forEach((column, j) => {
    if (column === null) design.setColumn(j, values(j));
  });
  return design;
}

/** The columns of numbers, which the kernels can read; null for others. */
function numberColumns(features: readonly SourcedFeature[]): (NumberColumn | null)[] {
  return features.map(({ spec, column }) =>
    column.kind === 'numeric' ? { values: column.values, fill: spec.fill } : null,
  );
}
