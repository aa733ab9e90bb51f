import type { Model } from '../model/model.js';
import { bySize } from './inspect-blocks.js';
import { csvCell } from './safe-text.js';
import { fillOf } from './schema-rows.js';

const number = (value: number | null): string => (value === null ? '' : String(value));

/** The coefficients, largest standardized first and zeros last, or the schema of a model as CSV, in full precision. */
export function inspectCsv(model: Model, table: 'coefficients' | 'schema'): Generator<string> {
  return table === 'schema' ? schemaCsv(model) : coefficientsCsv(model);
}

function* coefficientsCsv(model: Model): Generator<string> {
  yield 'feature,column,level,coefficient,standardized,origin,penaltyFactor,lower,upper\n';
  const zeros = model.features.filter(({ coefficient }) => coefficient === 0);
  for (const feature of [...bySize(model), ...zeros]) {
    const { name, column, level, coefficient, standardized, origin, penaltyFactor, lower, upper } = feature;
    const names = [name, column, level ?? ''].map(csvCell);
    const figures = [coefficient, standardized, origin, penaltyFactor, lower, upper].map(number);
    yield `${[...names, ...figures].join(',')}\n`;
  }
}

/** A row for each column of numbers, and for each level. */
function* schemaCsv(model: Model): Generator<string> {
  yield 'column,type,level,share,missingShare,min,max,mean,deviation,fill\n';
  for (const column of model.columns) {
    const name = csvCell(column.name);
    const fill = fillOf(model, column);
    if (column.type === 'numeric') {
      const { missingShare, min, max, mean, deviation } = column;
      const figures = [missingShare, min, max, mean, deviation, fill as number | null].map(number);
      yield `${[name, 'numeric', '', '', ...figures].join(',')}\n`;
      continue;
    }
    const filled = fill === null ? '' : csvCell(String(fill));
    for (const [k, level] of column.levels.entries()) {
      const figures = [number(column.shares[k]), number(column.missingShare)];
      yield `${[name, 'text', csvCell(level), ...figures, '', '', '', '', filled].join(',')}\n`;
    }
  }
}
