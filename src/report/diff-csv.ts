import type { DiffReport } from '../model/compare.js';
import { csvCell } from './safe-text.js';

const number = (value: number | null): string => (value === null ? '' : String(value));

/** The features, or the figures, of a comparison as CSV. */
export function* diffCsv(report: DiffReport, table: 'figures' | 'features'): Generator<string> {
  if (table === 'figures') {
    yield 'figure,base,new,change,beyond\n';
    for (const { name, base, new: now, change, beyond } of report.figures) {
      yield `${[name, number(base), number(now), number(change), beyond].join(',')}\n`;
    }
    return;
  }
  yield 'feature,status,base,new,change,beyond\n';
  for (const { feature, status, base, new: now, change, beyond } of report.features) {
    yield `${[csvCell(feature), status, base, now, change, beyond].join(',')}\n`;
  }
}
