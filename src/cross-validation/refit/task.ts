import type { Table } from '../../csv/columns/table.js';
import { FAMILIES } from '../../families/families.js';
import type { FamilyName } from '../../families/family.js';
import type { Engine } from '../../runtime/engine.js';
import type { Part, Parts } from '../../setup/read-parts.js';
import type { FoldErrors, FoldSource } from '../folds.js';

/** What a thread needs to do folds by their rows: the training rows as plain data. Columns in shared memory are not copied. */
export interface FoldTask extends Pick<FoldSource, 'rows' | 'options' | 'lambdas' | 'columns' | 'chosen'> {
  readonly parts: Omit<Parts, 'coding' | 'train' | 'test'>;
  readonly train: Omit<Part, 'table'>;
  readonly source: string;
  readonly family: FamilyName;
  readonly classes: Parts['coding']['classes'];
  /** One shared word: the next fold that nobody has taken. */
  readonly next: Int32Array;
}

/** What a thread answers. */
export interface FoldAnswer {
  readonly fold: number;
  readonly errors: FoldErrors;
}

/** Packs a cross-validation for another thread. */
export function packFolds(
  { parts, rows, options, lambdas, columns: count, chosen }: FoldSource,
  next: Int32Array,
): FoldTask {
  const { coding, train, test: _, ...rest } = parts;
  const { table, ...columns } = train;
  return {
    parts: rest,
    train: columns,
    source: table.source,
    family: coding.family.name,
    classes: coding.classes,
    rows: rows.map(({ held, rest: others }) => ({ held, rest: others })),
    options,
    lambdas,
    columns: count,
    chosen,
    next,
  };
}

/** Unpacks it there. */
export function unpackFolds(task: FoldTask, engine: Engine): FoldSource {
  const { rows, options, lambdas, columns, chosen, source, classes } = task;
  const table: Table = { source, rows: 0, columns: [], lineOf: () => 0 };
  const family = FAMILIES[task.family];
  const train = { ...task.train, table };
  const parts: Parts = { ...task.parts, coding: { family, classes }, train, test: null };
  return { parts, rows, options, lambdas, columns, chosen, engine };
}
