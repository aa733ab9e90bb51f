import type { GateResult } from '../gates/gate.js';
import type { DiffReport } from '../model/compare.js';
import { type CheckReport, gateCheck } from './check.js';
import { diffBlocks } from './diff-blocks.js';

/** The checks of a comparison: that nothing differs beyond the tolerance, where that was asked for, and the gates. */
export function diffChecks(report: DiffReport, gates: readonly GateResult[], strict: boolean): CheckReport {
  const { base, new: next, beyond, tolerance } = report;
  const within = {
    kind: 'tolerance',
    name: 'nothing differs beyond the tolerance',
    outcome: beyond === 0 ? ('passed' as const) : ('failed' as const),
    message: `${beyond} figures, features and columns differ by more than ${tolerance.atol} + ${tolerance.rtol} |base|`,
    value: beyond,
    bound: 0,
    remedy: 'raise --rtol or --atol to accept what is meant to be',
  };
  return {
    command: 'diff',
    subject: `${base.source} ${next.source}`,
    checks: [...(strict ? [within] : []), ...gates.map(gateCheck)],
    summary: (write) => diffBlocks(report, { rows: 20 }, write),
  };
}
