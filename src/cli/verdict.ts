import type { FitReport, Warning } from '../fit/fit-report.js';
import type { GateResult } from '../gates/gate.js';
import { gateSentence } from '../report/check.js';
import { uncertified } from '../report/fit/certificates.js';
import { tell } from './streams/messages.js';

/** A failed gate in one line; one of the level `warn` as a warning. */
function describeGate(gate: GateResult): string {
  const head = gate.level === 'warn' ? 'warning: gate does not hold' : 'gate failed';
  return `${head}: ${gateSentence(gate)}`;
}

/** Prints what the user should know about a result, unless --quiet is given. */
export function tellWarnings(
  warnings: readonly Warning[],
  quiet: boolean,
  stderr: NodeJS.WritableStream,
): void {
  if (!quiet) for (const { message } of warnings) tell(stderr, `warning: ${message}`);
}

/** Prints which gates failed; warnings are omitted with --quiet. */
export function tellGates(gates: readonly GateResult[], quiet: boolean, stderr: NodeJS.WritableStream): void {
  for (const gate of gates) {
    const isSilent = gate.passed || (gate.level === 'warn' && quiet);
    if (!isSilent) tell(stderr, describeGate(gate));
  }
}

/** Whether a gate of the level `require` failed, so that the result is not to be used. */
export function isRefused(gates: readonly GateResult[]): boolean {
  return gates.some(({ passed, level }) => !passed && level === 'require');
}

/** How many solutions are not certified, and what to do; null when all are. */
export function describeCertificates(report: FitReport): string | null {
  const missed = uncertified(report);
  return missed === null ? null : `${missed.count}: ${missed.why}; ${missed.remedy}`;
}
