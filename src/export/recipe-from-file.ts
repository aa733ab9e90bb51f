import { readCsv } from '../csv/read-csv.js';
import { foundDialect } from '../csv/records/found-dialect.js';
import type { Model } from '../model/model.js';
import { readingFor } from '../model/score/reading.js';
import { trainingRows } from '../verification/training-rows.js';
import type { RecipeTool } from './export-request.js';
import { recipeOf } from './recipe.js';

/**
 * The recipe of a model for a tool, its training rows found in the training file.
 * @throws DataError where this is another file, or where the tool cannot express the problem
 */
export async function recipeFromFile(tool: RecipeTool, model: Model, file: string): Promise<string> {
  const reading = readingFor(model);
  const rows = trainingRows(model, await readCsv(file, reading));
  const recipe = recipeOf(model, rows, await foundDialect(file, reading));
  return tool === 'sklearn'
    ? (await import('./recipe-sklearn.js')).sklearnScript(recipe)
    : (await import('./recipe-glmnet.js')).glmnetScript(recipe);
}
