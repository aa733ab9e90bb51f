import { UsageError } from '../errors.js';
import {
  EXPORT_LANGUAGES,
  type ExportLanguage,
  SQL_DIALECTS,
  type SqlDialectName,
} from '../export/export-request.js';
import { modelText as textCore } from '../model/file/text.js';
import type { Model } from '../model/model.js';
import { checked, described, FLAG, oneOf, TEXT } from './arguments.js';
import { asModel, meantBy, rememberModel } from './fitted.js';
import type { FitReport } from './reports.js';
import { said, saidAtOnce } from './words.js';

export interface ExportOptions {
  readonly to: ExportLanguage;
  /** The dialect of SQL; default postgres. Only with `to: 'sql'`, as are the next two. */
  readonly dialect?: SqlDialectName;
  /** The table of the query, or SCHEMA.TABLE; default data. */
  readonly table?: string;
  /** Only the expression of the prediction, without a query around it. Default false. */
  readonly expression?: boolean;
}

/**
 * A model as the source of a program that needs no package.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws UsageError for a wrong argument; DataError for a name or level that the language cannot hold
 */
export async function exportModel(model: Model | FitReport, options: ExportOptions): Promise<string> {
  return said(async () => {
    const kinds = {
      to: oneOf(EXPORT_LANGUAGES),
      dialect: oneOf(SQL_DIALECTS),
      table: TEXT,
      expression: FLAG,
    };
    const { to, dialect, table, expression } = checked(options, kinds);
    if (to === undefined) throw new UsageError(`to is missing: one of ${EXPORT_LANGUAGES.join(', ')}`);
    const used = await asModel(model);
    const { exportModel: exportCore } = await import('../export/export-model.js');
    if (to === 'sql') {
      if (table?.split('.').includes(''))
        throw new UsageError(`table ${described(table)}: must be TABLE or SCHEMA.TABLE`);
      return exportCore(used, {
        ...{ to, dialect: dialect ?? 'postgres', table: table ?? 'data', expression: expression ?? false },
      });
    }
    const stray = Object.entries({ dialect, table, expression }).find(([, value]) => value !== undefined);
    if (stray !== undefined)
      throw new UsageError(`${stray[0]}: is of SQL alone; leave it out, or export to "sql"`);
    return exportCore(used, { to });
  });
}

/** A model as the text of its file: JSON with full precision and a digest. */
export function modelText(model: Model | FitReport): string {
  return saidAtOnce(() => textCore(meantBy(model)));
}

/**
 * Writes a model to a file atomically: the path holds the old content or the new one.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws DataError where the file cannot be written
 */
export async function saveModel(model: Model | FitReport, path: string): Promise<void> {
  return said(async () => {
    const text = modelText(await asModel(model));
    const [{ openOutputFile }, { UNGUARDED }] = await Promise.all([
      import('../output/open-output.js'),
      import('../output/temporary-files.js'),
    ]);
    const file = await openOutputFile(checkedPath(path), UNGUARDED);
    await file.write(text);
    await file.commit();
  });
}

/** Reads a model file, and makes sure that it is complete and unchanged. @throws DataError with the reason */
export async function loadModel(path: string): Promise<Model> {
  return said(async () => {
    const { loadModel: loadCore } = await import('../model/file/load.js');
    return rememberModel(await loadCore(checkedPath(path)));
  });
}

/** The same for the text of a model file. @param source what to call it in errors */
export async function parseModel(text: string, source = 'the text'): Promise<Model> {
  return said(async () => {
    if (typeof text !== 'string') throw new UsageError(`the text ${described(text)}: must be a string`);
    const { parseModel: parseCore } = await import('../model/file/load.js');
    return rememberModel(await parseCore(text, source));
  });
}

function checkedPath(path: string): string {
  if (typeof path === 'string' && path !== '') return path;
  throw new UsageError(`the path ${described(path)}: must be the name of a file`);
}
