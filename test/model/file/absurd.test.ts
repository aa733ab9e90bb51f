import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from '../../../src/cli/command.js';
import { diffCommand } from '../../../src/cli/commands/diff/command.js';
import { evaluateCommand } from '../../../src/cli/commands/evaluate/command.js';
import { exportCommand } from '../../../src/cli/commands/export/command.js';
import { inspectCommand } from '../../../src/cli/commands/inspect/command.js';
import { predictCommand } from '../../../src/cli/commands/predict/command.js';
import { verifyCommand } from '../../../src/cli/commands/verify/command.js';
import { parseArguments } from '../../../src/cli/parse-arguments.js';
import { readCsv } from '../../../src/csv/read-csv.js';
import { parseModel } from '../../../src/model/file/load.js';
import { contentDigest, modelText } from '../../../src/model/file/text.js';
import type { Model } from '../../../src/model/model.js';
import type { FitOptions } from '../../../src/options/options.js';
import { json as fitJson } from '../../../src/report/fit/json.js';
import { silentTerminal } from '../../cli/silent-terminal.js';
import { fitted } from '../model-helpers.js';

/** By name: a module that is loaded on demand has error classes of its own under the loader of the tests. */
const isExpected = ({ name }: Error) => name === 'DataError' || name === 'UsageError';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** Numbers that no field or hardly any may hold; 1e999 is infinite when it is read. */
const NUMBERS = [-1, 0.5, 2, 1e6, 1e15, 2 ** 53, 1e300, -1e300, 5e-324, Number.POSITIVE_INFINITY];
const LONG = 'x'.repeat(10_000);
const TEXTS = ['', '__proto__', LONG, '\0', '\ud800', '0', '1e999', 'utf-8'];

/** What stands in the place of a value, one absurdity after the other. */
function absurd(value: Json): Json[] {
  if (typeof value === 'number') return [...NUMBERS, null, '1', []];
  if (typeof value === 'string') return [...TEXTS, null, 0, [value]];
  if (typeof value === 'boolean') return [!value, null, 1, 'true'];
  if (value === null) return [0, -1, 1e300, '', 'x', [], {}, true];
  if (Array.isArray(value)) {
    const many = value.length === 0 ? ['x', 'x'] : Array.from({ length: 3 }, () => value).flat();
    return [[], many, value.slice(1), [...value].reverse(), null, {}, 'x'];
  }
  return [null, [], {}, 'x', 0];
}

/** Every place of a value, of long lists the first and the last two items. */
function* places(value: Json, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (value === null || typeof value !== 'object') return;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const some = Array.isArray(value) && keys.length > 3 ? [keys[0], ...keys.slice(-2)] : keys;
  for (const key of some) yield* places((value as { [key: string]: Json })[key], [...path, key]);
}

function valueAt(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as { [key: string]: Json })[key], value);
}

function changedAt(value: Json, path: Path, to: Json): Json {
  const copy = structuredClone(value);
  (valueAt(copy, path.slice(0, -1)) as { [key: string]: Json })[path[path.length - 1]] = to;
  return copy;
}

const INFINITE = 'infinite here';

/** JSON has no infinity, but its parser reads one from 1e999. */
function asText(value: Json): string {
  const marked = (_: string, each: Json) => (each === Number.POSITIVE_INFINITY ? INFINITE : each);
  return JSON.stringify(value, marked).replace(`"${INFINITE}"`, '1e999');
}

function sealed(model: Json): string {
  const digest = contentDigest(model as unknown as Model);
  return asText({ ...(model as { [key: string]: Json }), digest });
}

/** 40 rows with missing cells, categories and a column far from 0; `target` is the last cell. */
function csvOf(target: (i: number) => string | number): string {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const cells = [i % 9 === 4 ? '' : (i * 37) % 11, 'abc'[(i * 13) % 3], 1e9 + ((i * 7) % 13), 1 + (i % 2)];
    return [...cells, target(i)].join();
  });
  return `x,s,far,w,y\n${rows.join('\n')}\n`;
}

const GRID = { kind: 'grid', count: 5, minRatio: 0.01 } as const;
const PROBLEMS: readonly (readonly [family: string, csv: string, options: Omit<FitOptions, 'target'>])[] = [
  ['gaussian', csvOf((i) => ((i * 37) % 101) / 7), { missing: 'mean', weights: 'w' }],
  ['binomial', csvOf((i) => ((i * 29) % 7 > 2 ? 'yes' : 'no')), { cv: 3, penalty: 'ridge' }],
];

describe('a file with absurd values, sealed anew', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-absurd-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const at = (name: string) => join(folder, name);
  const run = (command: Command, ...words: string[]) =>
    command.run(parseArguments(words, command), silentTerminal());

  /**
   * What goes wrong with a text as the model, or the result, of commands: nothing, if all that is wrong is said. All of them read it alike, so
   * the rest is spared what the first one refuses.
   */
  async function bugsOf(text: string, commands: readonly (() => Promise<number>)[]): Promise<string[]> {
    writeFileSync(at('changed.json'), text);
    const bugs: string[] = [];
    let isRefused = false;
    for (const command of commands) {
      await command().catch((error: Error) => {
        if (!isExpected(error)) bugs.push(error.stack!.slice(0, 600));
        isRefused = true;
      });
      if (isRefused && command === commands[0]) break;
    }
    return bugs;
  }

  /** The first and the last absurdity that a model file may hold in one place, of all others the refusals. */
  async function used(texts: readonly string[]): Promise<string[]> {
    const good: string[] = [];
    for (const text of texts) {
      try {
        await parseModel(text, 'm.json');
        good.push(text);
      } catch (error) {
        expect(isExpected(error as Error), String((error as Error).stack)).to.equal(true);
        expect((error as Error).message).to.have.length.below(500);
      }
    }
    return [...new Set([...good.slice(0, 1), ...good.slice(-1)])];
  }

  for (const [family, csv, options] of PROBLEMS) {
    it(`is refused as a model or used, and never a bug: ${family}`, async () => {
      const [data, good, changed] = [at(`${family}.csv`), at(`${family}.json`), at('changed.json')];
      writeFileSync(data, csv);
      const { model } = await fitted(await readCsv(data), { ...options, target: 'y', lambda: GRID });
      writeFileSync(good, modelText(model));
      expect(await run(verifyCommand, good, data)).to.equal(0);
      const commands = [
        () => run(inspectCommand, changed),
        () => run(verifyCommand, changed, data),
        () => run(predictCommand, changed, data),
        () => run(evaluateCommand, changed, data),
        ...['sklearn', 'glmnet'].map(
          (tool) => () => run(inspectCommand, changed, '--recipe', tool, '--data', data),
        ),
        ...['js', 'python', 'r', 'sql'].map((to) => () => run(exportCommand, changed, '--to', to)),
        () => run(diffCommand, good, changed),
      ];
      const whole = JSON.parse(JSON.stringify(model)) as Json;
      for (const place of places(whole)) {
        const texts = absurd(valueAt(whole, place)).map((value) => sealed(changedAt(whole, place, value)));
        for (const text of await used(texts)) {
          expect(await bugsOf(text, commands), place.join('.')).to.deep.equal([]);
        }
      }
    });
  }

  it('is refused as a result or compared, and never a bug', async () => {
    const [family, csv, options] = PROBLEMS[1];
    writeFileSync(at(`${family}.csv`), csv);
    const { outcome } = await fitted(await readCsv(at(`${family}.csv`)), {
      ...options,
      target: 'y',
      lambda: GRID,
    });
    writeFileSync(at('result.json'), [...fitJson(outcome.report, { gates: [] })].join(''));
    const [good, changed] = [at('result.json'), at('changed.json')];
    const commands = [() => run(diffCommand, good, changed), () => run(diffCommand, changed, good, '--json')];
    expect(await run(diffCommand, good, good)).to.equal(0);
    const whole = JSON.parse(readFileSync(good, 'utf8')) as Json;
    for (const place of places(whole)) {
      for (const value of absurd(valueAt(whole, place))) {
        const text = asText(changedAt(whole, place, value));
        expect(await bugsOf(text, commands), `${place.join('.')} ${text.slice(0, 200)}`).to.deep.equal([]);
      }
    }
  });
});
