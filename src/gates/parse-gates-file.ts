import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { type SchemaError, validator } from '../validators.js';
import { shown } from '../visible.js';
import { duplicateKey } from './duplicate-key.js';
import type { Gate, GateLevel } from './gate.js';
import { parseGate } from './parse-gate.js';

type Rule = string | { readonly expression: string; readonly name?: string; readonly remedy?: string };

/**
 * Reads a file of gates: `{ "require": [...], "warn": [...] }` (schema/gates.schema.json), or a package.json that has them under
 * `"shrinkfit": { "gates": ... }`. Its keys show which one it is.
 *
 * @param source what to call the file in messages
 * @throws UsageError for anything else, also for an empty list or a duplicate key: a file of rules that is not understood must not pass
 */
export function parseGatesFile(text: string, source: string): readonly Gate[] {
  const content = parsed(text, source);
  const isPackage = isObject(content) && 'shrinkfit' in content;
  const gates = isPackage ? gatesOfPackage(content.shrinkfit, source) : content;
  const place = isPackage ? `${source}, "shrinkfit"."gates"` : source;
  if (!isPackage && isObject(gates) && 'name' in gates && 'version' in gates) {
    throw new UsageError(
      `${source}: has no "shrinkfit" key; expected { "shrinkfit": { "gates": { "require": [...] } } }`,
    );
  }
  checkSchema(gates, place);
  const { require = [], warn = [] } = gates as Partial<Record<GateLevel, readonly Rule[]>>;
  return [...gatesOfLevel(require, 'require', place), ...gatesOfLevel(warn, 'warn', place)];
}

function gatesOfLevel(rules: readonly Rule[], level: GateLevel, place: string): Gate[] {
  return rules.map((rule, k) => {
    const { expression, ...said } = typeof rule === 'string' ? { expression: rule } : rule;
    return parseGate(expression, { level, origin: `${place}, ${level}[${k}]`, ...said });
  });
}

function parsed(text: string, source: string): unknown {
  try {
    const plain = text.replace(/^\ufeff/, '');
    const content = JSON.parse(plain);
    const twice = duplicateKey(plain);
    if (twice === null) return content;
    throw new UsageError(`${source}: the key ${shown(twice)} is given twice in one object; join the two`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(
      `${source}: is not JSON (${error.message}); expected { "require": ["test.rmse <= 60"] }`,
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function gatesOfPackage(settings: unknown, source: string): unknown {
  if (!isObject(settings) || !('gates' in settings)) {
    throw new UsageError(
      `${source}: "shrinkfit" has no "gates"; expected { "shrinkfit": { "gates": { ... } } }`,
    );
  }
  const other = Object.keys(settings).find((key) => key !== 'gates');
  if (other === undefined) return settings.gates;
  throw new UsageError(
    `${source}, "shrinkfit": unknown key ${shown(other)}${didYouMean(other, ['gates']) || '; it may hold gates'}`,
  );
}

function checkSchema(gates: unknown, place: string): void {
  const validate = validator('gates');
  if (!validate(gates)) throw new UsageError(`${place}: ${mistake(gates, validate.errors!)}`);
}

/** The first error in words: that of an unknown key if there is one, because it may explain why another is missing. */
function mistake(gates: unknown, errors: readonly SchemaError[]): string {
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  const place = error.instancePath
    .replace(/^\//, '')
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  const where = place === '' ? '' : `${place}: `;
  if (error.keyword === 'additionalProperties') {
    const key = error.params.additionalProperty as string;
    const known = Object.keys(error.parentSchema!.properties).filter((name) => name !== '$schema');
    const near = didYouMean(key, known) || '; the keys are';
    return `${where}unknown key ${shown(key)}${near} ${known.join(', ')}`;
  }
  if (error.keyword === 'minItems') return `${where}is empty; give it a rule, or leave it out`;
  const asks = isObject(gates) && place === '' ? 'has neither "require" nor "warn"' : error.message;
  return `${where}${asks}; expected { "require": ["test.rmse <= 60"], "warn": [...] }`;
}
