import type { Header } from '../../csv/dialect/header.js';
import { DataError } from '../../errors.js';
import { nearest } from '../../near-miss.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';
import { refuseAmbiguous } from '../score/ambiguous.js';
import { type ColumnTerm, columnTerms } from '../score/terms.js';

/** A term of the linear predictor and the column of a file that it reads. */
export interface PlacedTerm {
  readonly term: ColumnTerm;
  /** Index of the column. */
  readonly at: number;
}

/** Where a file has what a model reads. */
export interface PlacedModel {
  /** In the order in which they are added up. */
  readonly terms: readonly PlacedTerm[];
  /** Index of the column of offsets; -1 for none. */
  readonly offset: number;
  /** Columns of numbers with coefficient 0: checked, because a text among them means that the file has changed. */
  readonly checked: readonly number[];
}

/**
 * Finds the columns of a model by name. Columns with coefficient 0 need not be there.
 *
 * @throws DataError that names every column that is missing
 */
export function placeModel(model: Model, header: Header, source: string): PlacedModel {
  const { names } = header;
  const places = new Map(names.map((name, index) => [name, index]));
  const terms = columnTerms(model);
  const needed = [...terms.map(({ column }) => column), ...(model.offset === null ? [] : [model.offset])];
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) throw missingColumns(model, missing, names, source);
  refuseAmbiguous(model, needed, header, source);
  const used = new Set(needed);
  return {
    terms: terms.map((term) => ({ term, at: places.get(term.column)! })),
    offset: model.offset === null ? -1 : places.get(model.offset)!,
    checked: model.columns
      .filter(({ name, type }) => type === 'numeric' && !used.has(name) && places.has(name))
      .map(({ name }) => places.get(name)!),
  };
}

const MOST_NAMED = 20;

/** A near name is offered where the model does not know it as another column: renaming that one would break the file. */
function missingColumns(
  model: Model,
  missing: readonly string[],
  names: readonly string[],
  source: string,
): DataError {
  const known = new Set([model.target.name, ...model.columns.map(({ name }) => name)]);
  const unknown = names.filter((name) => !known.has(name));
  const described = missing.slice(0, MOST_NAMED).map((name) => {
    const near = nearest(name, unknown);
    return near === null ? shown(name) : `${shown(name)} (is it ${shown(near)}?)`;
  });
  const rest = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  const [columns, are] = missing.length === 1 ? ['column', 'is'] : ['columns', 'are'];
  return new DataError(
    `${source}: ${columns} ${described.join(', ')}${rest} ${are} missing, and the model needs ` +
      `${missing.length === 1 ? 'it' : 'them'}; add or rename ${missing.length === 1 ? 'it' : 'them'}`,
  );
}
