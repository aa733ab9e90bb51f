import type { DiffReport } from '../../comparison/compare.js';
import { shown } from '../../visible.js';
import { counted } from '../../words.js';

type ColumnChange = DiffReport['columns'][number];

/** What happened to a column, after its name. */
export const CODE_WORDS: Readonly<Record<ColumnChange['code'], string>> = {
  'column-added': 'is new',
  'column-removed': 'is gone',
  'type-changed': 'changed its type',
  'level-added': 'has a new level',
  'level-removed': 'lost a level',
};

/** A sentence about differences, and what to do if they are intended. */
export interface DiffWords {
  readonly sentence: string;
  readonly remedy: string;
}

/** A sentence names at most this many columns and levels, and counts the rest. */
const MOST_NAMED = 8;

/**
 * The differences that fail a comparison, by remedy: sizes, which a tolerance can accept; and figures that only one side has, and added or
 * removed columns and levels, which no tolerance accepts. Names are as in the files.
 */
export function differenceWords(report: DiffReport): DiffWords[] {
  const oneSided = report.figures.filter(({ beyond, change }) => beyond && change === null);
  const sizes = report.beyond - report.columns.length - oneSided.length;
  const { atol, rtol } = report.tolerance;
  const words: (DiffWords | false)[] = [
    sizes > 0 && {
      sentence: `${counted(sizes, 'difference')} beyond the tolerance (more than ${atol} + ${rtol} |base|)`,
      remedy: 'raise --rtol or --atol',
    },
    oneSided.length > 0 && {
      sentence: oneSidedWords(oneSided),
      remedy: 'compare solutions that were measured on the same rows',
    },
    report.columns.length > 0 && {
      sentence: `the input differs: ${listed(report.columns.map(columnWords))}`,
      remedy: 'take the new one as the base, or let gates alone decide (--require)',
    },
  ];
  return words.filter((each) => each !== false);
}

function oneSidedWords(figures: DiffReport['figures']): string {
  const only = (side: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`only the ${side} has ${names.join(', ')}`];
  return [
    ...only(
      'base',
      figures.filter(({ new: now }) => now === null).map(({ name }) => name),
    ),
    ...only(
      'new',
      figures.filter(({ base }) => base === null).map(({ name }) => name),
    ),
  ].join('; ');
}

function columnWords({ column, code, detail }: ColumnChange): string {
  const what = detail === null ? '' : code === 'type-changed' ? ` (${detail})` : ` ${shown(detail)}`;
  return `column ${shown(column)} ${CODE_WORDS[code]}${what}`;
}

function listed(items: readonly string[]): string {
  const rest = items.length - MOST_NAMED;
  return [...items.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
