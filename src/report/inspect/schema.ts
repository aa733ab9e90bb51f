import type { ColumnSchema, Model, NumericSchema, TextSchema } from '../../model/model.js';
import { shortened } from '../../words.js';
import type { TextTable } from '../text/block.js';
import { formatFigure, MISSING } from '../text/format-number.js';

/** How many characters of levels are shown before the rest is counted; only column names are cut to the terminal's width. */
const LONGEST = 24;

/** What fills a missing cell of a column: a number, a level, or null. */
export function fillOf({ features }: Pick<Model, 'features'>, column: ColumnSchema): number | string | null {
  const group = features.filter((feature) => feature.column === column.name);
  if (column.type === 'numeric') return group[0]?.fill ?? null;
  return group.find(({ fill }) => fill === 1)?.level ?? null;
}

/** What a model expects of its input, a row for each column. */
export function schemaTable(model: Model, columns: readonly ColumnSchema[]): TextTable {
  const name = { align: 'left', untrusted: true } as const;
  return {
    columns: [
      { head: 'column', ...name },
      { head: 'type', align: 'left' },
      { head: 'values in training', ...name },
      { head: 'mean', align: 'right', dropOrder: 1 },
      { head: 'missing', align: 'right', dropOrder: 3 },
      { head: 'filled with', ...name, dropOrder: 2 },
    ],
    rows: columns.map((column) => ({
      cells: [
        column.name,
        column.type,
        valuesOf(column),
        column.type === 'numeric' ? formatFigure(column.mean, 4) : '',
        column.missingShare === 0 ? '0' : `${formatFigure(100 * column.missingShare, 3)}%`,
        fillText(fillOf(model, column)),
      ],
      tone: 'plain',
    })),
  };
}

const fillText = (fill: number | string | null): string =>
  fill === null ? MISSING : typeof fill === 'number' ? formatFigure(fill, 4) : shortened(fill, LONGEST);

function valuesOf(column: NumericSchema | TextSchema): string {
  if (column.type === 'numeric') return `${formatFigure(column.min)} to ${formatFigure(column.max)}`;
  const { levels } = column;
  let text = shortened(levels[0] ?? '', LONGEST);
  let named = 1;
  for (; named < levels.length; named++) {
    const longer = `${text}, ${levels[named]}`;
    if (longer.length > LONGEST) break;
    text = longer;
  }
  return named < levels.length ? `${text}, and ${levels.length - named} more` : text;
}
