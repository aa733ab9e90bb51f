import { type Check, type CheckReport, countOf } from '../check.js';
import { paragraph, type TextBlock, type TextColumn, type WriteName } from '../text/block.js';
import { formatFigure } from '../text/format-number.js';
import { markdownText } from './markdown.js';

const COLUMNS: readonly TextColumn[] = [
  { head: 'verdict', align: 'left' },
  { head: 'check', align: 'left', untrusted: true },
  { head: 'figure', align: 'right' },
  { head: 'bound', align: 'right' },
];

const VERDICTS = {
  passed: '✅ passed',
  failed: '❌ failed',
  warned: '⚠️ warning',
  error: '❌ error',
} as const;

/** Checks as GitHub Markdown, for a comment or a job summary: all of them in a table, and what to do about some. */
export function checkMarkdown(report: CheckReport): Generator<string> {
  return markdownText((write) => [...checkBlocks(report, write), ...report.summary(write)]);
}

function checkBlocks({ command, subject, checks }: CheckReport, write: WriteName): TextBlock[] {
  const rows = checks.map(({ outcome, name, value, bound }) => ({
    cells: [VERDICTS[outcome], name, formatFigure(value, 6), formatFigure(bound, 6)],
    tone: 'plain' as const,
  }));
  const verdict = `${countOf(checks, 'passed')} of ${checks.length} checks passed`;
  return [
    { kind: 'heading', text: `shrinkfit ${command} ${write(subject)}: ${verdict}` },
    { kind: 'table', table: { columns: COLUMNS, rows } },
    ...checks.filter(({ outcome }) => outcome !== 'passed').map((check) => advice(check, write)),
  ];
}

function advice({ name, message, remedy }: Check, write: WriteName): TextBlock {
  return paragraph(`- **${write(name)}**: ${write(message)}. Remedy: ${write(remedy)}`);
}
