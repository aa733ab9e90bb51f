import type { VerifyReport } from '../../verification/report.js';
import { csvRow } from '../media/csv.js';

/** A row for each check of a verification. */
export function* csv({ checks }: VerifyReport): Generator<string> {
  yield csvRow(['check', 'expected', 'found', 'passed']);
  for (const { code, expected, found, passed } of checks) yield csvRow([code, expected, found, passed]);
}
