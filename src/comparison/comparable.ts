import { basename } from 'node:path';
import { DataError } from '../errors.js';
import type { FitReport, Metrics } from '../fit/fit-report.js';
import { checkSchema, parseJson, readTextFile, schemaName } from '../model/file/json-file.js';
import { parseModel } from '../model/file/load.js';
import { type ColumnSchema, MODEL_SCHEMA, type Model } from '../model/model.js';
import { shown } from '../visible.js';

/** What a saved model and a fit's JSON have in common: one solution and its metrics. */
export interface Comparable {
  readonly source: string;
  readonly kind: 'model' | 'fit';
  readonly model: FitReport['model'];
  readonly target: { readonly name: string; readonly classes: readonly [string, string] | null };
  readonly lambda: number;
  readonly rule: FitReport['selected']['rule'];
  /** On the original scale, as are the coefficients. */
  readonly intercept: number;
  /** By feature, in the file's order. */
  readonly coefficients: ReadonlyMap<string, number>;
  readonly certified: boolean;
  readonly kkt: number;
  readonly train: Metrics;
  readonly test: Metrics | null;
  readonly cv: Model['metrics']['cv'];
  readonly baseline: Model['metrics']['baseline'];
  /** The columns in training; a fit's JSON does not contain them. */
  readonly columns: readonly ColumnSchema[] | null;
}

/** The layout of `fit --json`; the schema that this version writes and reads. */
const FIT_SCHEMA = 'shrinkfit/fit/1';

const REMEDY = 'give a model of fit --save or a result of fit --json';

/** Reads a saved model or a result of `fit --json`. @throws DataError for anything else */
export async function readComparable(path: string): Promise<Comparable> {
  return parseComparable(await readTextFile(path), basename(path));
}

/** The same for a text. @param source what to call it */
export async function parseComparable(text: string, source: string): Promise<Comparable> {
  const content = parseJson(text, source, REMEDY);
  const schema = schemaName(content);
  if (schema === FIT_SCHEMA) {
    checkSchema(content, 'fit', source, REMEDY);
    return comparableFit(content as FitReport, source);
  }
  if (schema?.startsWith('shrinkfit/model/')) return comparableModel(await parseModel(text, source), source);
  const found = schema === null ? 'names no schema' : `has the schema ${shown(schema.slice(0, 80))}`;
  throw new DataError(`${source}: ${found}, and ${FIT_SCHEMA} or ${MODEL_SCHEMA} can be compared; ${REMEDY}`);
}

/** The same of a model. @param source what to call it */
export function comparableModel(model: Model, source: string): Comparable {
  const { features, metrics, certificate } = model;
  // The model's intercept is at the origins, the one of a result at 0.
  const shift = features.reduce((sum, { coefficient, origin }) => sum + coefficient * origin, 0);
  return {
    source,
    kind: 'model',
    model: model.model,
    target: { name: model.target.name, classes: model.target.classes },
    lambda: model.lambda,
    rule: model.selected.rule,
    intercept: model.intercept - shift,
    coefficients: new Map(features.map(({ name, coefficient }) => [name, coefficient])),
    certified: certificate.certified,
    kkt: certificate.kkt,
    ...metrics,
    columns: model.columns,
  };
}

/** The same of a fit: its selected solution. @param source what to call it */
export function comparableFit(report: FitReport, source: string): Comparable {
  const { selected, path, features, model, target, baseline } = report;
  const point = path[selected.index];
  if (point === undefined || path.some(({ coefficients }) => coefficients.length !== features.length)) {
    throw new DataError(
      `${source}: its path, its features and its selected row do not belong together; ${REMEDY}`,
    );
  }
  return {
    source,
    kind: 'fit',
    model,
    target: { name: target.name, classes: target.classes },
    lambda: point.lambda,
    rule: selected.rule,
    intercept: point.intercept,
    coefficients: new Map(features.map((name, j) => [name, point.coefficients[j]])),
    certified: point.certified,
    kkt: point.kkt,
    train: point.train,
    test: point.test,
    cv: point.cv,
    baseline,
    columns: null,
  };
}
