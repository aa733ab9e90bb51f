import type { GateResult } from '../gates/gate.js';
import type { BlockSource } from './text/block.js';

/** Something that was checked about a result, as reports for CI show it. Its texts may hold names from files. */
export interface Check {
  /** What sort of check: `gate`, `certificate`, `tolerance`. One lower-case word. */
  readonly kind: string;
  readonly name: string;
  /** `error`: it could not be checked at all. */
  readonly outcome: 'passed' | 'failed' | 'warned' | 'error';
  /** What was found, in one sentence. */
  readonly message: string;
  /** The figure and its bound; null if there is none. */
  readonly value: number | null;
  readonly bound: number | null;
  /** What to do when it does not hold. */
  readonly remedy: string;
}

/** All that a command checked. Commands with gates build one (`fitChecks`, for one); the reports know no command. */
export interface CheckReport {
  /** `fit` */
  readonly command: string;
  /** What it was run on: a file as it was named. */
  readonly subject: string;
  readonly checks: readonly Check[];
  /** What Markdown shows below the checks. */
  readonly summary: BlockSource;
}

/** A gate's rule with what was found: `nonzero <= 5 (the figure is 6, the bound 5)`. */
export function gateSentence({ name, expression, value, bound }: GateResult): string {
  const rule = name === expression ? expression : `${name}: ${expression}`;
  const shown = (side: number | null) => (side === null ? 'undefined' : String(side));
  return `${rule} (the figure is ${shown(value)}, the bound ${shown(bound)})`;
}

/** A gate's result as a check. */
export function gateCheck(result: GateResult): Check {
  const { name, level, value, bound, passed, remedy } = result;
  const outcome = passed ? 'passed' : level === 'warn' ? 'warned' : 'failed';
  return { kind: 'gate', name, outcome, message: gateSentence(result), value, bound, remedy };
}

/** An error before anything could be checked, so that no report of it looks like a pass. */
export function failureReport(command: string, subject: string, message: string): CheckReport {
  const check: Check = {
    kind: 'error',
    name: `shrinkfit ${command}`,
    outcome: 'error',
    message,
    value: null,
    bound: null,
    remedy: 'mend what the message names; nothing was checked',
  };
  return { command, subject, checks: [check], summary: () => [] };
}

/** How many checks have one outcome. */
export function countOf(checks: readonly Check[], outcome: Check['outcome']): number {
  return checks.filter((check) => check.outcome === outcome).length;
}
