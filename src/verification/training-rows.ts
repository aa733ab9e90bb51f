import type { Table } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import { chooseColumns } from '../features/choose-columns.js';
import { trainingDigest } from '../model/file/digest.js';
import type { Model } from '../model/model.js';
import { readParts } from '../setup/read-parts.js';
import { Warnings } from '../setup/warnings.js';

/**
 * Which rows of its training file a model learned from, ascending from 0: rows dropped for missing cells and rows drawn for testing
 * are left out.
 * @throws DataError where the table is not the file that the model was trained on
 */
export function trainingRows(model: Model, table: Table): Int32Array {
  const { training, split, options } = model;
  const digest = trainingDigest(model, table);
  if (digest !== training.digest || table.rows !== training.rows) {
    throw new DataError(
      `${table.source}: is not the file that the model was trained on: ${table.rows} rows of digest ${digest}, where the model has ${training.rows} of ${training.digest}`,
    );
  }
  // Test rows from another file leave all of these for training.
  const holdout = split.method === 'file' ? 0 : options.holdout;
  const resolved = { ...options, holdout };
  return readParts(table, null, chooseColumns(table, resolved), resolved, new Warnings()).train.rows;
}
