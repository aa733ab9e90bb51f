import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { BlockSource, TextBlock, TextRow, TextTable, Tone } from '../text/block.js';
import { type FittedTable, fitToWidth } from '../text/column-widths.js';
import { fitText, wrap } from '../text/display-width.js';
import { terminal } from '../text/safe-text.js';

/** cli-table3 measures a whole cell for each of its lines, and lays out all rows before it prints the first. */
const ROWS_AT_ONCE = 5;

/** No frame and no lines between rows: alignment is enough, and standard tools can cut the columns. */
const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
} as const;

type Paint = (text: string, tone: Tone) => string;

/** Colours for tones. Spaces at the end stay outside, so that they can be trimmed. */
function painter(chalk: ChalkInstance): Paint {
  const styles: Readonly<Record<Tone, (text: string) => string>> = {
    plain: (text) => text,
    quiet: chalk.dim,
    good: chalk.green,
    bad: chalk.red,
    strong: chalk.bold,
  };
  return (text, tone) => {
    const inked = text.trimEnd();
    return inked === '' ? text : styles[tone](inked) + text.slice(inked.length);
  };
}

/**
 * Lays out some rows with the widths of the whole table, as one row of cells with many lines: cli-table3 spends much time on each cell, and
 * a small table would take half of the time after the fit.
 */
function layOut({ columns, widths, gap }: FittedTable, rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: NO_BORDER,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
    colAligns: columns.map(({ align }) => align),
    colWidths: widths.map((width) => width + gap),
  });
  table.push(columns.map((_, k) => rows.map((cells) => cells[k]).join('\n')));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function* tableLines(table: TextTable, width: number, paint: Paint): Generator<string> {
  const fitted = fitToWidth(table, width);
  const rule = fitted.columns.map(({ head }, k) => (head === '' ? '' : '─'.repeat(fitted.widths[k])));
  const painted = ({ cells, tone }: TextRow) => cells.map((cell) => paint(cell, tone));
  yield layOut(fitted, [fitted.columns.map(({ head }) => paint(head, 'quiet')), rule]);
  for (let start = 0; start < fitted.rows.length; start += ROWS_AT_ONCE) {
    yield layOut(fitted, fitted.rows.slice(start, start + ROWS_AT_ONCE).map(painted));
  }
  if (fitted.dropped.length > 0) {
    yield* textLines(`left out to fit ${width} columns: ${fitted.dropped.join(', ')}`, 'quiet', width, paint);
  }
}

function* textLines(text: string, tone: Tone, width: number, paint: Paint): Generator<string> {
  for (const line of wrap(text, width)) yield `${paint(line, tone)}\n`;
}

function* blockLines(block: TextBlock, width: number, paint: Paint): Generator<string> {
  if (block.kind === 'heading') yield `\n${paint(block.text, 'strong')}\n`;
  else if (block.kind === 'space') yield '\n';
  else if (block.kind === 'text') yield* textLines(block.text, block.tone, width, paint);
  else yield* tableLines(block.table, width, paint);
}

/**
 * Blocks as text for a terminal of `width` columns. Colour only repeats what marks and words already say; at level 0 there
 * is not one escape byte in it.
 */
export function* terminalText(
  source: BlockSource,
  { width, colorLevel }: { readonly width: number; readonly colorLevel: 0 | 1 | 2 | 3 },
): Generator<string> {
  const paint = painter(new Chalk({ level: colorLevel }));
  const writeName = (name: string) => fitText(name, Math.max(12, Math.floor(width / 2) - 4), terminal);
  for (const block of source(writeName)) yield* blockLines(block, width, paint);
}
