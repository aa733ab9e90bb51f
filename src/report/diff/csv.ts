import type { DiffReport } from '../../comparison/compare.js';
import { csvRow } from '../media/csv.js';
import type { DiffViewOptions } from '../options.js';

/** The features, or the figures, of a comparison as CSV. */
export function* csv(report: DiffReport, { table }: Pick<DiffViewOptions, 'table'>): Generator<string> {
  if (table === 'figures') {
    yield csvRow(['figure', 'base', 'new', 'change', 'beyond']);
    for (const { name, base, new: now, change, beyond } of report.figures) {
      yield csvRow([name, base, now, change, beyond]);
    }
    return;
  }
  yield csvRow(['feature', 'status', 'base', 'new', 'change', 'beyond']);
  for (const { feature, status, base, new: now, change, beyond } of report.features) {
    yield csvRow([feature, status, base, now, change, beyond]);
  }
}
