import type { Table, TextColumn } from '../csv/columns/table.js';
import { parseDecimal } from '../csv/dialect/number.js';
import { shown } from '../visible.js';

/** Another notation of numbers, and how to read it. */
export interface Notation {
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

/** Currency signs in front or behind, and no sign at all. */
const CURRENCY =
  /^([+-]?)\s*(?:US|C|A)?\p{Sc}\s*([\d.,]+)$|^([+-]?)([\d.,]+)\s*(?:\p{Sc}|USD|EUR|GBP|CHF|kr)$/u;
const WITH_UNIT = /^([+-]?[\d.,]*\d)\s*((?:\p{L}|\xb0)[\p{L}\xb0/\xb2\xb3]*)$/u;

const isWrittenNumber = (text: string): boolean =>
  isNumber(text, '.') || isNumber(text, ',') || GROUPED.test(text);

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
  {
    code: 'currency-signs',
    remedy: 'take the currency signs and the thousands separators out of the file',
    reads: (cell) => isWrittenNumber(cell.trim()) || isWrittenNumber(withoutCurrency(cell)),
    shows: (cell) => CURRENCY.test(cell.trim()),
  },
];

function withoutCurrency(cell: string): string {
  const [, sign = '', inner, signBefore = '', before] = CURRENCY.exec(cell.trim()) ?? [];
  return inner !== undefined ? sign + inner : before !== undefined ? signBefore + before : '';
}

/** Numbers that all have the same unit: `13 kg`. */
function unitNotation({ levels }: TextColumn): Notation[] {
  const unit = levels.map((level) => WITH_UNIT.exec(level.trim())?.[2]).find((found) => found !== undefined);
  if (unit === undefined) return [];
  const hasUnit = (cell: string) => WITH_UNIT.exec(cell.trim())?.[2] === unit;
  return [
    {
      code: 'units',
      remedy: `take the unit ${shown(unit)} out of the file`,
      reads: (cell) => isWrittenNumber(WITH_UNIT.exec(cell.trim())?.[1] ?? '') && hasUnit(cell),
      shows: hasUnit,
    },
  ];
}

/** How the cells of a column of text are numbers all the same, and such a cell; null where fewer than 9 in 10 of them are. */
export function notationOf(column: TextColumn): (Notation & { readonly example: string }) | null {
  const found = [...NOTATIONS, ...unitNotation(column)].find((candidate) => isWritten(column, candidate));
  return found === undefined ? null : { ...found, example: column.levels.find(found.shows)! };
}

/** In integers, so that no rounding decides. */
function isWritten({ codes, levels, missing }: TextColumn, { reads, shows }: Notation): boolean {
  if (!levels.some(shows)) return false;
  const fits = levels.map(reads);
  const count = codes.reduce((total, code) => total + (code >= 0 && fits[code] ? 1 : 0), 0);
  return count > 0 && 10 * count >= 9 * (codes.length - missing);
}

/** The numbers in a column of text, and what else it holds. */
export interface NumbersInText {
  /** Cells that are numbers, and cells with a value. */
  readonly numbers: number;
  readonly present: number;
  readonly distinctNumbers: number;
  /** Texts that are no numbers, with their cells and the first row, the most frequent first. */
  readonly marks: readonly { readonly text: string; readonly count: number; readonly row: number }[];
}

/** Counts numbers. Cost: one read of each cell's code. */
export function numbersIn({ codes, levels }: TextColumn): NumbersInText {
  const counts = new Float64Array(levels.length);
  const rows = new Int32Array(levels.length).fill(-1);
  codes.forEach((code, row) => {
    if (code < 0) return;
    counts[code]++;
    if (rows[code] < 0) rows[code] = row;
  });
  const isOther = levels.map((level) => !isNumber(level.trim(), '.'));
  const marks = levels
    .map((text, code) => ({ text, count: counts[code], row: rows[code] }))
    .filter((_, code) => isOther[code])
    .sort((a, b) => b.count - a.count || a.row - b.row);
  const present = counts.reduce((sum, count) => sum + count, 0);
  const others = marks.reduce((sum, { count }) => sum + count, 0);
  return { numbers: present - others, present, distinctNumbers: levels.length - marks.length, marks };
}

/** `160 of its 200 cells are numbers, the others are ":" (40, the first on line 7)`. */
export function numbersAndMarks({ numbers, present, marks }: NumbersInText, table: Table): string {
  const named = marks
    .slice(0, MARKS_NAMED)
    .map(({ text, count, row }) => `${shown(text)} (${count}, the first on line ${table.lineOf(row)})`);
  const more = marks.length > MARKS_NAMED ? ` and ${marks.length - MARKS_NAMED} other texts` : '';
  return `${numbers} of its ${present} cells are numbers, the others are ${named.join(', ')}${more}`;
}

const MARKS_NAMED = 3;

/** More different texts than these are no marks for missing. */
const MOST_MARKS = 10;

/** Fewer different numbers than these may well be names of categories. */
const FEWEST_NUMBERS = 10;

/** Whether numbers with a few marks among them are more likely than categories. */
export function isMarked({ numbers, present, distinctNumbers, marks }: NumbersInText): boolean {
  return 2 * numbers > present && marks.length <= MOST_MARKS && distinctNumbers > FEWEST_NUMBERS;
}
