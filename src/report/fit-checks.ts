import type { FitReport } from '../fit/fit-report.js';
import type { GateResult } from '../gates/gate.js';
import { type Check, type CheckReport, gateCheck } from './check.js';
import { headline } from './headline.js';
import { certificate, trade } from './trade.js';

/** The checks of a fit: that every solution is certified, and the gates. */
export function fitChecks(report: FitReport, gates: readonly GateResult[]): CheckReport {
  return {
    command: 'fit',
    subject: report.data.source,
    checks: [certificates(report), ...gates.map(gateCheck)],
    summary: (write) => [...headline(report, write), trade(report), certificate(report)],
  };
}

function certificates({ path, tolerance }: FitReport): Check {
  const missed = path.filter(({ certified }) => !certified).length;
  const worst = path.reduce((most, { kkt }) => Math.max(most, kkt), 0);
  return {
    kind: 'certificate',
    name: 'every solution is certified',
    outcome: missed === 0 ? 'passed' : 'failed',
    message: `${missed} of ${path.length} solutions are not certified (largest KKT violation ${worst}, tolerance ${tolerance})`,
    value: Number.isFinite(worst) ? worst : null,
    bound: tolerance,
    remedy: 'raise --max-iterations or --tolerance, or read the warnings for separated classes',
  };
}
