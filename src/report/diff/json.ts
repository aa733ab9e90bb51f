import type { DiffReport } from '../../comparison/compare.js';
import { jsonLines } from '../media/json.js';
import type { DiffViewOptions } from '../options.js';

/** Names the layout of the object; schema/diff.schema.json describes it. */
export const DIFF_SCHEMA = 'shrinkfit/diff/1';

/** A comparison as one JSON object: a line for each key and each item of its lists. */
export function json(report: DiffReport, { gates }: Pick<DiffViewOptions, 'gates'>): Generator<string> {
  const { version, base, new: now, tolerance, settings, figures, features, columns } = report;
  const { entered, left, signChanged, sizeChanged, beyond } = report;
  return jsonLines(
    Object.entries({
      ...{ schema: DIFF_SCHEMA, version, base, new: now, tolerance, settings, figures, features, columns },
      ...{ entered, left, signChanged, sizeChanged, beyond, gates },
    }),
  );
}
