import type { Model } from '../model/model.js';
import type { ExportRequest } from './export-request.js';

/**
 * A model as the source of a program that needs no package. Each program computes what `scoreTable` computes, by the same additions in the
 * same order. The same model gives the same bytes.
 * @throws DataError for a name or level that the language cannot express, naming it
 */
export async function exportModel(model: Model, request: ExportRequest): Promise<string> {
  switch (request.to) {
    case 'js':
      return (await import('./js.js')).jsModule(model);
    case 'python':
      return (await import('./python.js')).pythonModule(model);
    case 'r':
      return (await import('./r.js')).rScript(model);
    case 'sql':
      return (await import('./sql.js')).sqlQuery(model, request);
  }
}
