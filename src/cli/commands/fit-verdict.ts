import type { FitReport, GateResult } from '../../fit/fit-report.js';

/** A failed gate in one line. */
export function describeGate(gate: GateResult): string {
  const value = gate.value === null ? 'the figure is undefined' : `the figure is ${gate.value}`;
  return `gate failed: ${gate.expression} (${value})`;
}

/** How many solutions are not certified, and what to do; null when all are. */
export function describeCertificates(report: FitReport): string | null {
  const missed = report.path.filter((point) => !point.certified);
  if (missed.length === 0) return null;
  const worst = Math.max(...missed.map((point) => point.kkt));
  return (
    `${missed.length} of ${report.path.length} solutions are not certified ` +
    `(kkt up to ${worst.toPrecision(3)}, tolerance ${report.tolerance}); raise --max-iterations or --tolerance`
  );
}
