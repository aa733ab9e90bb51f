import type { Header } from '../../csv/dialect/header.js';
import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';

/**
 * Refuses a name that more than one column of a file has, where the training file had one such column: nobody should have to guess which
 * one is scored.
 *
 * @param needed names of the columns that are to be scored
 * @throws DataError
 */
export function refuseAmbiguous(
  model: Model,
  needed: readonly string[],
  { doubled }: Pick<Header, 'doubled'>,
  source: string,
): void {
  const known = new Set(model.columns.map(({ name }) => name));
  const name = needed.find((each) => doubled.get(each)?.some((other) => !known.has(other)));
  if (name === undefined) return;
  throw new DataError(
    `${source}: more than one column is named ${shown(name)}, and the model needs one; rename the others`,
  );
}
