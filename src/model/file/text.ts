import { createHash } from 'node:crypto';
import { jsonText } from '../../visible.js';
import type { Model } from '../model.js';

/** A model as in its file: the model, and last the digest of everything, so that a truncated file has none. */
export interface SealedModel extends Model {
  readonly digest: string;
}

const LISTS: readonly string[] = ['features', 'columns', 'selfTest'] satisfies (keyof Model)[];

/**
 * A model as the text of its file: one line for each key and each item of the long lists, so that two files can be compared line
 * by line. Numbers have full precision: what is read back is the same, bit for bit.
 */
export function modelText(model: Model): string {
  const sealed: SealedModel = { ...model, digest: contentDigest(model) };
  const lines = Object.entries(sealed).map(([key, value]) => `  ${jsonText(key)}: ${valueText(key, value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

function valueText(key: string, value: unknown): string {
  if (!LISTS.includes(key) || !Array.isArray(value)) return jsonText(value);
  return `[\n${value.map((item) => `    ${jsonText(item)}`).join(',\n')}\n  ]`;
}

/** `sha256:` and the digest of the model's compact JSON: white space may change, nothing else. */
export function contentDigest(model: Model): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(model)).digest('hex')}`;
}
