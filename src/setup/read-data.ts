import type { Table } from '../csv/columns/table.js';
import { UsageError } from '../errors.js';
import { type ChosenColumns, chooseColumns, findColumn } from '../features/choose-columns.js';
import { mostFeatures } from '../features/encode.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { Engine } from '../runtime/engine.js';
import { shown } from '../visible.js';
import { warnNumberLike } from './number-like.js';
import { type Parts, readParts } from './read-parts.js';
import { listed, type Warnings } from './warnings.js';

/**
 * Decides the role of each row and column of a table in a fit.
 * @throws UsageError for options that do not suit the columns, DataError for data that cannot support the fit
 */
export function readData(
  table: Table,
  testTable: Table | null,
  options: ResolvedOptions,
  warnings: Warnings,
): Parts {
  const chosen = chooseColumns(table, options);
  checkCategorical(table, options.categorical);
  for (const { name, reason } of chosen.leftOut) {
    warnings.add('column-left-out', `column ${shown(name)} is left out: ${reason}`);
  }
  warnHeader(table, chosen, warnings);
  warnNumberLike(table, chosen, options, warnings);
  return readParts(table, testTable, chosen, options, warnings);
}

/** Says what of the first lines was not taken as it stands. */
function warnHeader(
  { source, sepLine, header }: Table,
  { features }: ChosenColumns,
  warnings: Warnings,
): void {
  if (sepLine) {
    warnings.add(
      'sep-line',
      `${source}:1: the line sep= is taken for what it says of the delimiter, not for the header`,
    );
  }
  if (header === undefined) return;
  // Those left out are named where that is said.
  const used = new Set(features.map(({ name }) => name));
  const nameless = header.nameless.filter((name) => used.has(name));
  if (nameless.length > 0) {
    const [are, called] =
      nameless.length === 1 ? ['a feature has', 'it is'] : [`${nameless.length} features have`, 'they are'];
    warnings.add(
      'nameless-column',
      `${source}: ${are} no name in the header; ${called} called ${listed(nameless)}`,
    );
  }
  for (const [name, others] of header.doubled) {
    warnings.add(
      'doubled-column',
      `${source}: ${others.length + 1} columns are named ${shown(name)}; those after the first are called ${listed(others)}`,
    );
  }
}

/** Categories are read as text, so these columns must be known when the file is read. */
function checkCategorical(table: Table, names: readonly string[]): void {
  for (const name of names) {
    if (findColumn(table, name, '--categorical').kind === 'text') continue;
    throw new UsageError(
      `categorical ${shown(name)}: the table holds numbers; read it with readCsv(file, { text: [${shown(name)}] })`,
    );
  }
}

/**
 * The compiled kernels: the caller's, or own ones. A large problem starts their threads; its size is that of the design, in which each
 * level of a text column is a feature.
 */
export function engineFor(
  { train }: Parts,
  { engine, threads }: { readonly engine?: () => Engine; readonly threads?: number },
): Engine {
  const features = train.features.reduce((count, column) => count + mostFeatures(column), 0);
  return (engine?.() ?? new Engine(threads ?? 1)).startThreadsFor(train.rows.length, features);
}
