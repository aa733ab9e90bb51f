import type { CellOptions } from '../../csv/dialect/column-rules.js';
import { UsageError } from '../../errors.js';
import { shown } from '../../visible.js';
import { splitItems, unquoted } from './list.js';

/**
 * The cells that count as missing, from every time the option was given: `TOKENS` for all columns, `COL=TOKENS` for one, in place of those.
 * `"a=b"` is a token, and `"a=b"=TOKENS` names a column.
 */
export function parseMissingMarks(flag: string, texts: readonly string[]): CellOptions {
  const columnNa = new Map<string, readonly string[]>();
  let na: readonly string[] | undefined;
  for (const text of texts) {
    const { column, marks } = markedColumn(text);
    const tokens = [...new Set(['', ...splitItems(flag, marks).map(unquoted)])];
    if (column === null ? na !== undefined : columnNa.has(column)) {
      const what = column === null ? 'for all columns' : `for column ${shown(column)}`;
      throw new UsageError(`${flag} ${shown(text)}: is given twice ${what}; name all tokens at once`);
    }
    if (column === null) na = tokens;
    else columnNa.set(column, tokens);
  }
  return {
    ...(na === undefined ? {} : { na }),
    ...(columnNa.size === 0 ? {} : { columnNa: [...columnNa] }),
  };
}

function markedColumn(text: string): { readonly column: string | null; readonly marks: string } {
  const named = /^\s*("(?:[^"]|"")*"|[^",=\s][^,=]*)=(.*)$/s.exec(text);
  return named === null
    ? { column: null, marks: text }
    : { column: unquoted(named[1].trim()), marks: named[2] };
}
