import type { EvaluateReport, Finding } from '../../evaluation/evaluate-report.js';
import { REMEDIES } from '../../evaluation/find-changes.js';
import type { GateResult } from '../../gates/gate.js';
import { type Check, type CheckReport, gateCheck } from '../check.js';
import { blocks } from './blocks.js';

/** The checks of an evaluation: that rows can be scored, every finding that is more than a note, and the gates. */
export function evaluateChecks(report: EvaluateReport, gates: readonly GateResult[]): CheckReport {
  const findings = report.findings.filter(({ severity }) => severity !== 'info');
  return {
    command: 'evaluate',
    subject: report.data.source,
    checks: [scoring(report), ...findings.map(findingCheck), ...gates.map(gateCheck)],
    summary: (write) => blocks(report, { table: 'all', rows: 20 }, write),
  };
}

function scoring({ refusal, data }: EvaluateReport): Check {
  return {
    kind: 'scoring',
    name: 'the rows can be scored',
    outcome: refusal === null ? 'passed' : 'error',
    message: refusal ?? `${data.rows} rows read, ${data.rowsUsed} measured`,
    value: null,
    bound: null,
    remedy: 'mend what the message names',
  };
}

/** A finding never fails the command; only gates do. */
function findingCheck({ code, column, value, bound, message }: Finding): Check {
  return {
    kind: 'finding',
    name: `${code}: ${column}`,
    outcome: 'warned',
    message,
    value,
    bound,
    remedy: REMEDIES[code],
  };
}
