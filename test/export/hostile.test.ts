import { expect } from 'chai';
import fc from 'fast-check';
import { exportModel } from '../../src/export/export-model.js';
import type { ExportRequest } from '../../src/export/export-request.js';
import { answer } from '../../src/model/file/self-test.js';
import type { Model } from '../../src/model/model.js';
import { answersOf, type Database, openDatabase } from './databases.js';
import { canRun, closeEngines, runJs, runPython, runR } from './engines.js';
import { ACTING, HOSTILE, hostileModel } from './hostile-model.js';
import { answerOf, type Columns, worstDifference } from './rows.js';

const ROWS = 12;
const EXP = 1e-13;

async function problem(names: readonly string[]) {
  const { model, cells } = await hostileModel(names);
  const rows = Array.from({ length: ROWS }, (_, k) => cells(k));
  const columns: Columns = {
    names: model.columns.map(({ name }) => name),
    cells: model.columns.map((_, j) => rows.map((row) => row[j][1])),
    rows: ROWS,
  };
  const expected = rows.map((row) => {
    const { linearPredictor } = answer(
      model,
      row.map(([, cell]) => cell),
    );
    return answerOf(model, linearPredictor);
  });
  return { model, columns, expected };
}

async function refusal(model: Model, request: ExportRequest): Promise<string> {
  const error = await exportModel(model, request).then(
    () => null,
    (reason) => reason,
  );
  expect(error.name).to.equal('DataError');
  return error.message;
}

const sql = (dialect: 'postgres' | 'duckdb' | 'clickhouse' | 'sqlite') =>
  ({ to: 'sql', dialect, table: 'a "b" `c` ; --', expression: false }) as const;

describe('an export of hostile names and levels', () => {
  after(closeEngines);

  const programs = [
    { to: 'js', run: runJs, isHere: true },
    { to: 'python', run: runPython, isHere: canRun('python3', '--version') },
    { to: 'r', run: runR, isHere: canRun('Rscript', '--version') },
  ] as const;

  for (const { to, run, isHere } of programs) {
    it(`is data and nothing else in ${to}`, async function () {
      if (!isHere) this.skip();
      const { model, columns, expected } = await problem([...HOSTILE, ...ACTING]);
      const text = await exportModel(model, { to });
      expect(text).to.not.match(/[\u2028\u2029\u0007\u001b\u202e]/);
      if (to === 'js') expect(text).to.not.match(/<\/script|<!--/);
      expect(worstDifference(await run(text, columns), expected)).to.be.at.most(EXP);
    });

    it(`is data and nothing else in ${to}, whatever the names`, async function () {
      if (!isHere) this.skip();
      const name = fc
        .string({ unit: 'binary', minLength: 1, maxLength: 12 })
        .filter((s) => !s.includes('\0'));
      const sets = fc.sample(fc.uniqueArray(name, { minLength: 8, maxLength: 8 }), { numRuns: 8, seed: 7 });
      for (const names of sets) {
        const { model, columns, expected } = await problem(names);
        expect(worstDifference(await run(await exportModel(model, { to }), columns), expected)).to.be.at.most(
          EXP,
        );
      }
    });
  }

  for (const dialect of ['sqlite', 'duckdb', 'postgres'] as const) {
    describe(dialect, () => {
      let database: Database | null;
      before(async () => {
        database = await openDatabase(dialect);
      });
      after(() => database?.close());

      const check = async (names: readonly string[]) => {
        const { model, columns, expected } = await problem(names);
        await database!.load('a "b" `c` ; --', columns);
        const rows = await database!.query(await exportModel(model, sql(dialect)));
        expect(worstDifference(answersOf(rows, 'binomial'), expected)).to.be.at.most(EXP);
      };

      it('holds data and nothing else', async function () {
        if (database === null) this.skip();
        await check(HOSTILE);
      });

      it('holds data and nothing else, whatever the names', async function () {
        if (database === null) this.skip();
        const name = fc
          .string({ unit: 'binary', minLength: 1, maxLength: 8 })
          .filter((s) => !/(?![\n\t])\p{Cc}/u.test(s));
        const sets = fc.sample(
          fc.uniqueArray(name, { minLength: 6, maxLength: 6, selector: (s) => s.toLowerCase() }),
          { numRuns: 8, seed: 7 },
        );
        for (const names of sets) await check(names);
      });

      it('holds levels with characters that act, and no such character raw', async function () {
        if (database === null) this.skip();
        const { model, columns, expected } = await problem(['plain', ...ACTING]);
        const rename = new Map(model.columns.map(({ name }, j) => [name, `column ${j}`]));
        const renamed: Model = {
          ...model,
          columns: model.columns.map((column) => ({ ...column, name: rename.get(column.name)! })),
          features: model.features.map((f) => ({ ...f, column: rename.get(f.column)! })),
        };
        await database.load('a "b" `c` ; --', { ...columns, names: [...rename.values()] });
        const text = await exportModel(renamed, sql(dialect));
        expect(text).to.not.match(/[\u2028\u2029\u0007\u001b\u202e]/);
        expect(worstDifference(answersOf(await database.query(text), 'binomial'), expected)).to.be.at.most(
          EXP,
        );
      });
    });
  }

  it('refuses with a reason what a language cannot hold', async () => {
    const nul = (await problem(['a', 'b\0c'])).model;
    const torn = (await problem(['a', 'b\ud800'])).model;
    expect(await refusal(nul, { to: 'r' })).to.match(/"b\\u0000c".*NUL/);
    expect(await refusal(torn, { to: 'r' })).to.match(/"b\\ud800".*surrogate/);
    for (const dialect of ['postgres', 'duckdb', 'clickhouse', 'sqlite'] as const) {
      expect(await refusal(nul, sql(dialect))).to.match(/NUL/);
      expect(await refusal(torn, sql(dialect))).to.match(/surrogate/);
    }
    const acting = (await problem(['a', 'b\u001b'])).model;
    expect(await refusal(acting, sql('sqlite'))).to.match(/control character/);
    const long = (await problem(['a', 'b'.repeat(64)])).model;
    expect(await refusal(long, sql('postgres'))).to.match(/65 bytes/);
    const twins = (await problem(['Age', 'age'])).model;
    expect(await refusal(twins, sql('duckdb'))).to.match(/one name to duckdb/);
    await exportModel(twins, sql('postgres'));
  });

  it('gives NUL and half a pair through in js and python', async () => {
    const { model, columns, expected } = await problem(['a', 'b\0c', 'd\ud800', 'NA']);
    expect(
      worstDifference(await runJs(await exportModel(model, { to: 'js' }), columns), expected),
    ).to.be.at.most(EXP);
    if (!canRun('python3', '--version')) return;
    const found = await runPython(await exportModel(model, { to: 'python' }), columns);
    expect(worstDifference(found, expected)).to.be.at.most(EXP);
  });

  it('writes clickhouse texts and names with its escapes', async () => {
    const text = await exportModel((await problem(["it's `a\\b`", '\u001b'])).model, sql('clickhouse'));
    expect(text).to.include("'it\\'s `a\\\\b`'").and.include("`it's \\`a\\\\b\\``").and.include("'\\x1b'");
  });
});
