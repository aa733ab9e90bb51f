import type { Model, ModelFeature } from '../../src/model/model.js';
import { fitted, tableOf } from '../model/model-helpers.js';

/** Names and levels that some syntax would take for more than text. */
export const HOSTILE: readonly string[] = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'it\'s "quoted"',
  '`back` \\ slash \\',
  "\\'; DROP TABLE t; --",
  '"); system("true"); ("',
  "' || (SELECT 1) || '",
  '</script><script>alert(1)</script>',
  '<!-- --> /* */ */ -- # //',
  'two\nlines\ttab',
  '{0} %s %r $' + '{1+1} $1 :name ?',
  'a b.c',
  '=cmd()',
  'é 日本 😀',
  'coding: latin-1',
  'eta',
  'given',
];

/** Characters that act or hide, which names in some SQL cannot hold. */
export const ACTING: readonly string[] = [
  'bell\u0007 escape\u001b[31m',
  'line\u2028para\u2029',
  'bidi\u202e\u200b',
];

/** A binomial model whose columns, levels and classes have these names, each column once as number and once as text. */
export async function hostileModel(
  names: readonly string[],
): Promise<{ model: Model; cells: (k: number) => Cells }> {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${(i * 7) % 11},${'ab'[(i * 3) % 2]},${i % 3 ? 'u' : 'v'}`,
  );
  const { model } = await fitted(
    await tableOf(`n,c,y\n${rows.join('\n')}\n`),
    { target: 'y', penalty: 'ridge', missing: 'mean' },
    'last',
  );
  const [number, level] = model.features;
  const columns = names.flatMap((name) => [
    { ...model.columns[0], name: `n${name}` },
    { ...model.columns[1], name, levels: [...names], shares: names.map(() => 1 / names.length) },
  ]) as Model['columns'];
  const features = names.flatMap((name, j): ModelFeature[] => [
    { ...number, name: `n${name}`, column: `n${name}`, coefficient: 0.1 + j / 7, fill: 0.3 },
    ...names.map((value, k) => ({
      ...level,
      name: `${name}=${value}`,
      column: name,
      level: value,
      coefficient: Math.sin(j * 31 + k),
      fill: k === 0 ? 1 : 0,
    })),
  ]);
  const classes = [names[0], names[names.length - 1]] as const;
  const target = { ...model.target, name: names.join(), classes };
  const hostile: Model = { ...model, columns, features, target, selfTest: [] };
  const cells = (row: number): Cells =>
    columns.map(({ name, type }, j): [string, number | string | null] => {
      if ((row + j) % 5 === 4) return [name, null];
      if (type === 'numeric') return [name, Math.sin(row * 13 + j)];
      return [name, (row + j) % 7 === 6 ? 'never met' : names[(row * 5 + j) % names.length]];
    });
  return { model: hostile, cells };
}

export type Cells = [string, number | string | null][];
