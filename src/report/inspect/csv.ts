import type { Model } from '../../model/model.js';
import { csvRow } from '../media/csv.js';
import type { InspectViewOptions } from '../options.js';
import { bySize } from './blocks.js';
import { fillOf } from './schema.js';

/** The coefficients, largest standardized first and zeros last, or the schema of a model as CSV, in full precision. */
export function csv(model: Model, { table }: Pick<InspectViewOptions, 'table'>): Generator<string> {
  return table === 'schema' ? schemaCsv(model) : coefficientsCsv(model);
}

function* coefficientsCsv(model: Model): Generator<string> {
  const figures = ['coefficient', 'standardized', 'origin', 'penaltyFactor', 'lower', 'upper'] as const;
  yield csvRow(['feature', 'column', 'level', ...figures]);
  const zeros = model.features.filter(({ coefficient }) => coefficient === 0);
  for (const feature of [...bySize(model), ...zeros]) {
    yield csvRow([feature.name, feature.column, feature.level, ...figures.map((figure) => feature[figure])]);
  }
}

/** A row for each column of numbers, and for each level. */
function* schemaCsv(model: Model): Generator<string> {
  const moments = ['min', 'max', 'mean', 'deviation'] as const;
  yield csvRow(['column', 'type', 'level', 'share', 'missingShare', ...moments, 'fill']);
  for (const column of model.columns) {
    const { name, type, missingShare } = column;
    const fill = fillOf(model, column);
    if (type === 'numeric') {
      yield csvRow([name, type, null, null, missingShare, ...moments.map((moment) => column[moment]), fill]);
      continue;
    }
    for (const [k, level] of column.levels.entries()) {
      yield csvRow([name, type, level, column.shares[k], missingShare, ...moments.map(() => null), fill]);
    }
  }
}
