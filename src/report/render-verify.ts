import type { VerifyCheck, VerifyReport } from '../model/verify-report.js';
import { formatFigure } from './format-number.js';
import { jsonLines } from './json-lines.js';
import type { RenderOptions } from './render-options.js';
import { csvCell } from './safe-text.js';
import { type BlockSource, paragraph, type TextColumn } from './text-block.js';

/** Names the layout of the JSON; schema/verify.schema.json describes it. */
export const VERIFY_SCHEMA = 'shrinkfit/verify/1';

/** A verification as text, in chunks. */
export async function renderVerify(
  report: VerifyReport,
  options: Pick<RenderOptions, 'format' | 'width' | 'colorLevel'>,
): Promise<Iterable<string>> {
  switch (options.format) {
    case 'json':
      return verifyJson(report);
    case 'csv':
      return verifyCsv(report);
    case 'markdown':
      return (await import('./markdown-text.js')).markdownText(verifyBlocks(report));
    case 'table':
      return (await import('./terminal-text.js')).terminalText(verifyBlocks(report), options);
  }
}

const COLUMNS: readonly TextColumn[] = [
  { head: 'verdict', align: 'left' },
  { head: 'check', align: 'left' },
  { head: 'found', align: 'left', untrusted: true },
];

function verifyBlocks({ model, data, tolerance, verified, checks, notChecked }: VerifyReport): BlockSource {
  return (write) => {
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
      ...notChecked.map((what) => paragraph(`not looked at: ${what}`, 'quiet')),
    ];
  };
}

/** What was found, and beside it what was expected where they differ. Digests differ in their first digits. */
function words({ code, meaning, expected, found, passed }: VerifyCheck): string {
  const text = (side: string | number | null) => {
    if (typeof side === 'number') return side === Number.MAX_VALUE ? 'another value' : formatFigure(side, 2);
    return side === null
      ? 'nothing'
      : code === 'data' && side.startsWith('sha256:')
        ? `${side.slice(0, 15)}…`
        : side;
  };
  if (typeof expected === 'number') {
    const isWithin = typeof found === 'number' && found <= expected;
    const figures = `${text(found)} (at most ${text(expected)})`;
    return isWithin && !passed ? `${figures}, but ${meaning}` : figures;
  }
  return passed ? text(found) : `${text(found)}, and not ${text(expected)}`;
}

function* verifyCsv({ checks }: VerifyReport): Generator<string> {
  const cell = (value: string | number | null) =>
    value === null ? '' : typeof value === 'number' ? String(value) : csvCell(value);
  yield 'check,expected,found,passed\n';
  for (const { code, expected, found, passed } of checks) {
    yield `${code},${cell(expected)},${cell(found)},${passed}\n`;
  }
}

function verifyJson(report: VerifyReport): Generator<string> {
  const { version, model, data, tolerance, verified, checks, notChecked } = report;
  return jsonLines(
    Object.entries({ schema: VERIFY_SCHEMA, version, model, data, tolerance, verified, checks, notChecked }),
  );
}
