import type { Table, TextColumn } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import type { ChosenColumns } from '../features/choose-columns.js';
import { isMarked, notationOf, numbersAndMarks, numbersIn } from '../features/written-numbers.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { shown } from '../visible.js';
import type { Warnings } from './warnings.js';

/**
 * Warns about columns that are treated as categories, or left out as text, although at least 9 in 10 of their cells are numbers in another
 * notation, or most are numbers and the others many texts. Refuses columns of numbers with a few marks among them: nobody means them as
 * categories, and they may be the best of the file. Columns named by `categorical` are meant to be text. Cost: one read of each cell's code.
 * @throws DataError
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
    const notation = notationOf(column);
    if (notation !== null) {
      warnings.add(
        notation.code,
        `column ${shown(column.name)} is text, but its cells look like numbers (${shown(notation.example)}); ` +
          `${notation.remedy}, or name it in --categorical if it holds categories`,
      );
      continue;
    }
    judgeNumbers(table, column, warnings);
  }
}

function judgeNumbers(table: Table, column: TextColumn, warnings: Warnings): void {
  const found = numbersIn(column);
  if (2 * found.numbers <= found.present) return;
  const name = shown(column.name);
  const [{ text, row }] = found.marks;
  const what = numbersAndMarks(found, table);
  if (isMarked(found)) {
    throw new DataError(
      `${table.source}:${table.lineOf(row)}: column ${name}: ${what}; if they mean missing, name them in --na (such as --na ${naFor(column, text)}), ` +
        'or name the column in --categorical or --exclude',
    );
  }
  warnings.add(
    'mostly-numbers',
    `column ${name} is text, but ${what}; correct them, or name the column in --categorical if it holds categories`,
  );
}

/** As a shell takes it. */
function naFor({ name }: TextColumn, mark: string): string {
  const quoted = (text: string) => (/[",=]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `'${`${quoted(name)}=${quoted(mark)}`.replaceAll("'", "'\\''")}'`;
}
