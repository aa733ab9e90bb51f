import type { FitReport } from '../../fit/fit-report.js';
import type { GateResult } from '../../gates/gate.js';
import { type Check, type CheckReport, gateCheck } from '../check.js';
import { largestViolation, uncertified, violations } from './certificates.js';
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

function certificates(report: FitReport): Check {
  const missed = uncertified(report);
  const worst = largestViolation(report.path);
  return {
    kind: 'certificate',
    name: 'every solution is certified',
    outcome: missed === null ? 'passed' : 'failed',
    message:
      missed === null
        ? `all ${report.path.length} solutions are certified: ${violations(report)}`
        : `${missed.count}: ${missed.why}`,
    value: Number.isFinite(worst) ? worst : null,
    bound: report.tolerance,
    remedy: missed?.remedy ?? '',
  };
}
