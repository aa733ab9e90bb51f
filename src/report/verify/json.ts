import type { VerifyReport } from '../../verification/report.js';
import { jsonLines } from '../media/json.js';

/** Names the layout of the JSON; schema/verify.schema.json describes it. */
export const VERIFY_SCHEMA = 'shrinkfit/verify/1';

/** A verification as one JSON object. */
export function json(report: VerifyReport): Generator<string> {
  const { version, model, data, tolerance, verified, checks, notChecked } = report;
  return jsonLines(
    Object.entries({ schema: VERIFY_SCHEMA, version, model, data, tolerance, verified, checks, notChecked }),
  );
}
