import type { Table, TextColumn } from '../csv/columns/table.js';
import { parseDecimal } from '../csv/dialect/number.js';
import type { ChosenColumns } from '../features/choose-columns.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { shown } from '../visible.js';
import type { Warnings } from './warnings.js';

/** Another notation of numbers, and how to read it. */
interface Notation {
  readonly code: string;
  readonly remedy: string;
  /** Is the whole cell a number written so? */
  reads(cell: string): boolean;
  /** Does the cell prove the notation, rather than only allow it? */
  shows(cell: string): boolean;
}

const isNumber = (text: string, mark: string): boolean => !Number.isNaN(parseDecimal(text, mark));
const withoutPercent = (cell: string): string => {
  const text = cell.trim();
  return text.endsWith('%') ? text.slice(0, -1).trimEnd() : text;
};

const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;

const NOTATIONS: readonly Notation[] = [
  {
    code: 'thousands-separators',
    remedy: 'take the thousands separators out of the file (give --decimal , if they are decimal marks)',
    reads: (cell) =>
      GROUPED.test(cell.trim()) || (isNumber(cell.trim(), '.') && !/^[+-]?\d{4}/.test(cell.trim())),
    shows: (cell) => GROUPED.test(cell.trim()),
  },
  ...[',', '.'].map((mark) => ({
    code: 'other-decimal-mark',
    remedy: `the decimal mark seems to be "${mark}": give --decimal ${mark}`,
    reads: (cell: string) => isNumber(cell.trim(), mark),
    shows: (cell: string) => cell.includes(mark),
  })),
  {
    code: 'percent-signs',
    remedy: 'take the % off in the file',
    reads: (cell) => isNumber(withoutPercent(cell), '.') || isNumber(withoutPercent(cell), ','),
    shows: (cell) => cell.includes('%'),
  },
];

/**
 * Warns about columns that are treated as categories, or left out as text, although at least 9 in 10 of their cells are numbers with
 * another decimal mark or a percent sign. Columns named by `categorical` are meant to be text. Cost: one read of each cell's code.
 */
export function warnNumberLike(
  table: Table,
  { features, leftOut }: ChosenColumns,
  { categorical }: ResolvedOptions,
  warnings: Warnings,
): void {
  const texts = table.columns.filter((column) => column.kind === 'text');
  if (texts.length === 0) return;
  const concerned = new Set([...features, ...leftOut].map(({ name }) => name));
  for (const name of categorical) concerned.delete(name);
  for (const column of texts) {
    if (!concerned.has(column.name)) continue;
    const notation = NOTATIONS.find((candidate) => isWritten(column, candidate));
    if (notation === undefined) continue;
    const example = column.levels.find(notation.shows);
    warnings.add(
      notation.code,
      `column ${shown(column.name)} is text, but its cells look like numbers (${shown(example!)}); ` +
        `${notation.remedy}, or name it in --categorical if it holds categories`,
    );
  }
}

/** In integers, so that no rounding decides. */
function isWritten({ codes, levels, missing }: TextColumn, { reads, shows }: Notation): boolean {
  if (!levels.some(shows)) return false;
  const fits = levels.map(reads);
  const count = codes.reduce((total, code) => total + (code >= 0 && fits[code] ? 1 : 0), 0);
  return count > 0 && 10 * count >= 9 * (codes.length - missing);
}
