import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { DataError } from '../errors.js';
import { MODEL_SCHEMA, type Model } from './model.js';
import { contentDigest, type SealedModel } from './model-text.js';
import { answer } from './self-test.js';

/**
 * Reads a model file and makes sure that it is what `--save` wrote: JSON of this schema, complete, unchanged, and with the
 * answers of its self-test.
 * @param path the file, or the bytes of standard input
 * @throws DataError with the reason
 */
export async function loadModel(path: string): Promise<Model> {
  const name = basename(path);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const reasons = new Map([
      ['ENOENT', 'no such file; save a model with shrinkfit fit --save'],
      ['EISDIR', 'is a directory; name the model file inside it'],
      ['EACCES', 'no permission to read it; change its permissions or copy it'],
    ]);
    throw new DataError(`${path}: ${reasons.get(error.code ?? '') ?? `cannot be read (${error.code})`}`);
  });
  return parseModel(bytes.toString('utf8'), name);
}

/** The same for a text. @param source what to call it in errors */
export async function parseModel(text: string, source: string): Promise<Model> {
  const content = parsed(text, source);
  checkKind(content, source);
  await checkSchema(content, source);
  const { digest, ...rest } = content as SealedModel;
  const model: Model = rest;
  if (contentDigest(model) !== digest) {
    throw new DataError(
      `${source}: the content does not match the digest, so the file was changed after it was saved; save the model again`,
    );
  }
  checkColumns(model, source);
  checkAnswers(model, source);
  return model;
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const whole = text.trimEnd().endsWith('}');
    const why =
      text.trim() === '' ? 'is empty' : whole ? 'is not JSON' : 'ends too early: it was cut, or is not JSON';
    throw new DataError(
      `${source}: ${why} (${(error as Error).message}); a model is written by shrinkfit fit --save`,
    );
  }
}

/** The words for files that are something else, before a schema lists all that is wrong with them. */
function checkKind(content: unknown, source: string): void {
  const schema =
    typeof content === 'object' && content !== null ? (content as { schema?: unknown }).schema : undefined;
  if (schema === MODEL_SCHEMA) return;
  if (typeof schema !== 'string' || !schema.startsWith('shrinkfit/')) {
    throw new DataError(
      `${source}: is not a model: it has no "schema": "${MODEL_SCHEMA}"; save one with shrinkfit fit --save`,
    );
  }
  if (schema.startsWith('shrinkfit/model/')) {
    throw new DataError(
      `${source}: has the schema ${JSON.stringify(schema)}, and this version reads ${MODEL_SCHEMA}; use the shrinkfit that wrote it or a later one`,
    );
  }
  throw new DataError(
    `${source}: is a result (${JSON.stringify(schema)}), not a model; save the model with shrinkfit fit --save`,
  );
}

async function checkSchema(content: unknown, source: string): Promise<void> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const schema = createRequire(import.meta.url)('shrinkfit/schema/model.schema.json');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, logger: false }).compile(schema);
  if (validate(content)) return;
  const [{ instancePath, message }] = validate.errors!;
  throw new DataError(
    `${source}: does not have the layout of ${MODEL_SCHEMA}: ${instancePath || 'the file'} ${message}; save the model again`,
  );
}

/** What a schema cannot say: every feature has its column, and each name stands for one thing. */
function checkColumns({ columns, features, selfTest }: Model, source: string): void {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const names = new Set(features.map(({ name, column, level }) => JSON.stringify([name, column, level])));
  const sound =
    types.size === columns.length &&
    names.size === features.length &&
    features.every(({ column, level }) => types.get(column) === (level === null ? 'numeric' : 'text')) &&
    columns.every(
      ({ shares, ...c }) => shares.length === (c.type === 'text' ? c.levels.length : c.edges.length + 1),
    ) &&
    selfTest.every(({ cells }) => cells.length === columns.length);
  if (!sound)
    throw new DataError(`${source}: its features and columns do not belong together; save the model again`);
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
      `${source}: row ${k + 1} of its self-test should score ${linearPredictor}, but scores ${found.linearPredictor}; save the model again`,
    );
  });
}
