import type { CsvOptions } from '../../csv/read-csv.js';
import type { Model, ReadingOptions } from '../model.js';

/**
 * How a file is to be read for a model: as the training file was, except for options given now. Categories are read as text, so that levels
 * that look like numbers keep their spelling.
 * @param given what was said about this file
 */
export function readingFor(model: Model, given: ReadingOptions = {}): CsvOptions {
  return { ...model.csv, ...given, text: textColumns(model), mayLackColumns: true };
}

/** The columns that hold categories, the target among them. */
export function textColumns({ target, columns, options }: Model): string[] {
  const names = new Set(options.categorical);
  if (target.type === 'text') names.add(target.name);
  for (const { name, type } of columns) if (type === 'text') names.add(name);
  return [...names];
}
