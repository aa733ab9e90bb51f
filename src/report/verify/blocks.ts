import type { VerifyCheck, VerifyReport } from '../../verification/report.js';
import { shortened } from '../../words.js';
import { paragraph, type TextBlock, type TextColumn, type WriteName } from '../text/block.js';
import { formatFigure } from '../text/format-number.js';

const COLUMNS: readonly TextColumn[] = [
  { head: 'verdict', align: 'left' },
  { head: 'check', align: 'left' },
  { head: 'found', align: 'left', untrusted: true },
];

/** A verification for readers; `write` escapes names for the medium. */
export function blocks(report: VerifyReport, _options: unknown, write: WriteName): TextBlock[] {
  const { model, data, tolerance, verified, checks, notChecked } = report;
  const rows = checks.map((check) => ({
    cells: [check.passed ? 'passed' : 'FAILED', check.code, words(check)],
    tone: check.passed ? ('good' as const) : ('bad' as const),
  }));
  const failed = checks.filter(({ passed }) => !passed).map(({ code }) => code);
  const verdict = verified
    ? `Yes: ${write(model.source)} is the optimum of ${write(data.source)} at lambda ${formatFigure(model.lambda)} (tolerance ${formatFigure(tolerance)}).`
    : `No: ${write(model.source)} is not the optimum of ${write(data.source)}: ${failed.join(', ')} (tolerance ${formatFigure(tolerance)}).`;
  return [
    { kind: 'table', table: { columns: COLUMNS, rows } },
    { kind: 'space' },
    paragraph(verdict, verified ? 'good' : 'bad'),
    ...notChecked.map((what) => paragraph(`not checked: ${what}`, 'quiet')),
  ];
}

/** What was found, and what was expected if they differ. The first digits of two digests differ. */
function words({ code, meaning, expected, found, passed }: VerifyCheck): string {
  const text = (side: string | number | null) => {
    if (typeof side === 'number') return side === Number.MAX_VALUE ? 'another value' : formatFigure(side, 2);
    return side === null
      ? 'nothing'
      : code === 'data' && side.startsWith('sha256:')
        ? shortened(side, 16)
        : side;
  };
  if (typeof expected === 'number') {
    const isWithin = typeof found === 'number' && found <= expected;
    const figures = `${text(found)} (at most ${text(expected)})`;
    return isWithin && !passed ? `${figures}, but ${meaning}` : figures;
  }
  return passed ? text(found) : `${text(found)}, and not ${text(expected)}`;
}
