import { basename } from 'node:path';
import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import { MODEL_SCHEMA, type Model } from '../model.js';
import { checkModel } from './check.js';
import { checkSchema, parseJson, readTextFile, schemaName } from './json-file.js';
import { answer } from './self-test.js';
import { contentDigest, type SealedModel } from './text.js';

const REMEDY = 'save the model again with shrinkfit fit --save';

/**
 * Reads a model file and checks that it is what `--save` wrote: JSON of this schema, complete and unchanged, whose self-test passes.
 * @throws DataError with the reason
 */
export async function loadModel(path: string): Promise<Model> {
  return parseModel(await readTextFile(path), basename(path));
}

/** The same for a text. @param source what to call it in errors */
export async function parseModel(text: string, source: string): Promise<Model> {
  checkStart(text.trimStart(), source);
  const content = parseJson(text, source, REMEDY);
  checkKind(schemaName(content), source);
  checkSchema(content, 'model', source, REMEDY);
  const { digest, ...model } = content as SealedModel;
  if (contentDigest(model) !== digest) {
    throw new DataError(
      `${source}: the content does not match the digest, so the file was changed after it was saved; ${REMEDY}`,
    );
  }
  checkModel(model, source, REMEDY);
  checkAnswers(model, source);
  return model;
}

/** The errors for data given as the model, and for a compressed model: neither is truncated nor needs saving again. */
function checkStart(text: string, source: string): void {
  if (text === '' || text.startsWith('{')) return;
  if (text.startsWith('\x1f'))
    throw new DataError(`${source}: compressed models are not supported; unzip it first`);
  const start = shown([...text.slice(0, 80)].slice(0, 20).join(''));
  throw new DataError(
    `${source}: is not a model but begins with ${start}; give a file of shrinkfit fit --save, before the data file`,
  );
}

/** The errors for other files, before a schema would list everything that is wrong with them. */
function checkKind(schema: string | null, source: string): void {
  if (schema === MODEL_SCHEMA) return;
  if (schema === null || !schema.startsWith('shrinkfit/')) {
    throw new DataError(`${source}: is not a model: it has no "schema": "${MODEL_SCHEMA}"; ${REMEDY}`);
  }
  const name = shown(schema.slice(0, 80));
  if (schema.startsWith('shrinkfit/model/')) {
    throw new DataError(
      `${source}: has the schema ${name}, and this version reads ${MODEL_SCHEMA}; use the shrinkfit that wrote it or a later one`,
    );
  }
  throw new DataError(`${source}: is a result (${name}), not a model; ${REMEDY}`);
}

/** The same arithmetic on the same numbers gives the same bits; only exp may differ in its last digit elsewhere. */
function checkAnswers(model: Model, source: string): void {
  model.selfTest.forEach(({ cells, linearPredictor, prediction }, k) => {
    const found = answer(model, cells);
    const isSame =
      found.linearPredictor === linearPredictor &&
      Math.abs(found.prediction - prediction) <= 4 * Number.EPSILON * Math.abs(prediction);
    if (isSame) return;
    throw new DataError(
      `${source}: row ${k + 1} of its self-test should score ${linearPredictor}, but scores ${found.linearPredictor}; ${REMEDY}`,
    );
  });
}
