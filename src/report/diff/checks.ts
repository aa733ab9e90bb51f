import type { DiffReport } from '../../comparison/compare.js';
import type { GateResult } from '../../gates/gate.js';
import { type CheckReport, gateCheck } from '../check.js';
import { blocks } from './blocks.js';
import { differenceWords } from './words.js';

/** The checks of a comparison: that nothing differs beyond the tolerance, where that was asked for, and the gates. */
export function diffChecks(report: DiffReport, gates: readonly GateResult[], strict: boolean): CheckReport {
  const { base, new: next, beyond } = report;
  const words = differenceWords(report);
  const within = {
    kind: 'tolerance',
    name: 'nothing differs beyond the tolerance',
    outcome: beyond === 0 ? ('passed' as const) : ('failed' as const),
    message: words.length === 0 ? 'nothing differs' : words.map(({ sentence }) => sentence).join('; '),
    value: beyond,
    bound: 0,
    remedy:
      words.length === 0
        ? 'none is needed'
        : `if that is intended, ${words.map((each) => each.remedy).join('; ')}`,
  };
  return {
    command: 'diff',
    subject: `${base.source} ${next.source}`,
    checks: [...(strict ? [within] : []), ...gates.map(gateCheck)],
    summary: (write) => blocks(report, { rows: 20 }, write),
  };
}
