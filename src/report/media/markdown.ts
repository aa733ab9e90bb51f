import type { BlockSource, TextBlock, TextTable } from '../text/block.js';
import { fitText } from '../text/display-width.js';
import { markdown } from '../text/safe-text.js';

/** Longer names are cut visibly: a table of 1 MB names is useless. */
const LONGEST_NAME = 200;

/** Cut first and escaped then, so that no entity is cut in two. */
const writeName = (name: string): string => markdown(fitText(name, LONGEST_NAME, (text) => text));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

function* tableLines({ columns, rows }: TextTable): Generator<string> {
  yield row(columns.map(({ head }) => head));
  yield row(columns.map(({ align }) => (align === 'right' ? '--:' : ':--')));
  for (const { cells } of rows) {
    yield row(cells.map((cell, k) => (columns[k].untrusted ? writeName(cell) : cell.trimEnd())));
  }
}

function* blockLines(block: TextBlock): Generator<string> {
  if (block.kind === 'heading') yield `## ${block.text}\n`;
  else if (block.kind === 'text') yield `${block.text}\n`;
  else if (block.kind === 'table') yield* tableLines(block.table);
}

/** Blocks as GitHub Markdown: the same facts as the terminal's, in tables that GitHub renders. */
export function* markdownText(source: BlockSource): Generator<string> {
  let before = '';
  for (const block of source(writeName)) {
    if (block.kind === 'space') continue;
    if (before !== '') yield before;
    yield* blockLines(block);
    before = '\n';
  }
}
