import type { TextColumn, TextRow, TextTable } from './block.js';
import { displayWidth, fitText } from './display-width.js';
import { terminal } from './safe-text.js';

/** A narrower name is useless: drop a column instead. */
const NARROWEST_NAME = 12;

/** A table that fits the width, with texts escaped and cut, and the dropped columns. */
export interface FittedTable extends TextTable {
  readonly widths: readonly number[];
  /** Spaces between columns. */
  readonly gap: number;
  /** Heads of the columns that did not fit. */
  readonly dropped: readonly string[];
}

const total = (widths: readonly number[], gap: number): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);

function widthsOf({ columns, rows }: TextTable): number[] {
  return columns.map(({ head }, k) =>
    rows.reduce((widest, { cells }) => Math.max(widest, displayWidth(cells[k])), displayWidth(head)),
  );
}

/** Untrusted cells are escaped and no wider than the terminal; the others are ours. */
function escaped({ columns, rows }: TextTable, width: number): TextTable {
  const write = (cell: string, k: number) => (columns[k].untrusted ? fitText(cell, width, terminal) : cell);
  return { columns, rows: rows.map(({ cells, tone }) => ({ cells: cells.map(write), tone })) };
}

function without({ columns, rows }: TextTable, gone: TextColumn): TextTable {
  const keep = <T>(items: readonly T[]): T[] => items.filter((_, k) => columns[k] !== gone);
  return { columns: keep(columns), rows: rows.map(({ cells, tone }) => ({ cells: keep(cells), tone })) };
}

/** Gives the remaining width to the columns of names, and cuts the names to it. */
function withNamesCut(table: TextTable, width: number, gap: number): TextTable {
  const spare = width - total(widthsOf(table), gap);
  const names = table.columns.findIndex(({ untrusted }) => untrusted);
  if (spare >= 0 || names < 0) return table;
  const limit = Math.max(NARROWEST_NAME, widthsOf(table)[names] + spare);
  const cut = ({ cells, tone }: TextRow): TextRow => ({
    cells: cells.map((cell, k) => (k === names ? fitText(cell, limit, (text) => text) : cell)),
    tone,
  });
  return { columns: table.columns, rows: table.rows.map(cut) };
}

/** Makes `table` fit `width` columns: first names are cut, then gaps shrink, then the least needed columns go. */
export function fitToWidth(table: TextTable, width: number): FittedTable {
  let fitted = escaped(table, width);
  const dropped: string[] = [];
  for (;;) {
    for (const gap of [2, 1]) {
      const cut = withNamesCut(fitted, width, gap);
      const widths = widthsOf(cut);
      if (total(widths, gap) <= width) return { ...cut, widths, gap, dropped };
    }
    const next = leastNeeded(fitted.columns);
    if (next === undefined) return { ...fitted, widths: widthsOf(fitted), gap: 1, dropped };
    dropped.push(next.head);
    fitted = without(fitted, next);
  }
}

function leastNeeded(columns: readonly TextColumn[]): TextColumn | undefined {
  const optional = columns.filter(({ dropOrder }) => dropOrder !== undefined);
  return optional.sort((a, b) => a.dropOrder! - b.dropOrder!)[0];
}
