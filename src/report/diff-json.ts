import type { GateResult } from '../gates/gate.js';
import type { DiffReport } from '../model/compare.js';

/** Names the layout of the object; schema/diff.schema.json describes it. */
export const DIFF_SCHEMA = 'shrinkfit/diff/1';

/** A comparison as one JSON object: a line for each key and each item of its lists. */
export function* diffJson(report: DiffReport, gates: readonly GateResult[]): Generator<string> {
  const { version, base, new: now, tolerance, settings, figures, features, columns } = report;
  const { entered, left, signChanged, sizeChanged, beyond } = report;
  const object = {
    ...{ schema: DIFF_SCHEMA, version, base, new: now, tolerance, settings, figures, features, columns },
    ...{ entered, left, signChanged, sizeChanged, beyond, gates },
  };
  const lines = Object.entries(object).map(([key, value]) => `  ${JSON.stringify(key)}: ${valueText(value)}`);
  yield `{\n${lines.join(',\n')}\n}\n`;
}

function valueText(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}
