import { expect } from 'chai';
import { type Comparable, parseComparable } from '../../src/comparison/comparable.js';
import { compare } from '../../src/comparison/compare.js';
import { DataError, UsageError } from '../../src/errors.js';
import { diffScope } from '../../src/gates/diff-scope.js';
import { evaluateGate } from '../../src/gates/evaluate-gate.js';
import { parseGate } from '../../src/gates/parse-gate.js';
import { modelText } from '../../src/model/file/text.js';
import type { FitOptions } from '../../src/options/options.js';
import { json as fitJson } from '../../src/report/fit/json.js';
import { fitted, fixture, mixedTable } from '../model/model-helpers.js';

const EXACT = { atol: 0, rtol: 0 };

async function sides(
  options: Omit<FitOptions, 'target'> = {},
): Promise<{ model: Comparable; fit: Comparable }> {
  const { outcome, model } = await fitted(await fixture('diabetes'), { target: 'target', ...options });
  return {
    model: await parseComparable(modelText(model), 'model.json'),
    fit: await parseComparable([...fitJson(outcome.report, { gates: [] })].join(''), 'fit.json'),
  };
}

describe('compare', () => {
  it('finds no difference between a model and itself, nor between a model and the result it was saved from', async () => {
    const { model, fit } = await sides();
    expect(compare(model, model, EXACT).beyond).to.equal(0);
    expect(compare(model, fit, EXACT).beyond).to.equal(0);
    expect(compare(fit, model, EXACT).features.every(({ status }) => status === 'same')).to.equal(true);
  });

  it('counts a level that came or went, whatever the tolerance', async () => {
    const { model } = await fitted(await mixedTable(), { target: 'price', exclude: ['sold'] });
    const base = await parseComparable(modelText(model), 'base.json');
    const without = (column: NonNullable<Comparable['columns']>[number]) =>
      column.type === 'text' && column.name === 'grade'
        ? { ...column, levels: column.levels.slice(1), shares: column.shares.slice(1) }
        : column;
    const next = { ...base, columns: base.columns!.map(without) };
    const loose = { atol: 1e9, rtol: 1e9 };
    for (const [one, other, code] of [
      [base, next, 'level-removed'],
      [next, base, 'level-added'],
    ] as const) {
      const report = compare(one, other, loose);
      expect(report.columns).to.deep.equal([{ column: 'grade', code, detail: 'A' }]);
      expect(report.beyond).to.equal(1);
    }
  });

  it('tells which features entered, left, changed sign and size, and mirrors that when the sides are swapped', async () => {
    const { model: base } = await sides({ penalty: 'lasso' });
    const { model: next } = await sides({ penalty: 'ridge', exclude: ['sex'] });
    const there = compare(base, next, EXACT);
    const back = compare(next, base, EXACT);
    const named = (report: typeof there, status: string) =>
      report.features
        .filter((f) => f.status === status)
        .map(({ feature }) => feature)
        .sort();
    for (const feature of there.features) {
      const [old, now] = [
        base.coefficients.get(feature.feature) ?? 0,
        next.coefficients.get(feature.feature) ?? 0,
      ];
      const status =
        old === 0 ? 'entered' : now === 0 ? 'left' : old * now < 0 ? 'sign' : old === now ? 'same' : 'size';
      expect(feature.status, feature.feature).to.equal(status);
    }
    expect(named(there, 'left')).to.include('sex');
    expect(named(there, 'entered')).to.deep.equal(named(back, 'left'));
    expect(named(there, 'sign')).to.deep.equal(named(back, 'sign'));
    expect(there.entered).to.equal(named(there, 'entered').length);
    expect(there.columns).to.deep.equal([{ column: 'sex', code: 'column-removed', detail: null }]);
    expect(back.columns).to.deep.equal([{ column: 'sex', code: 'column-added', detail: null }]);
    expect(there.settings.map(({ name }) => name)).to.deep.equal(['penalty', 'l1Ratio']);
  });

  it('counts a difference exactly where |new - base| is above atol + rtol |base|', async () => {
    const { model } = await sides();
    const moved: Comparable = { ...model, lambda: model.lambda * 1.25 };
    const beyond = (atol: number, rtol: number) => compare(model, moved, { atol, rtol }).beyond;
    expect(beyond(0, 0.26)).to.equal(0);
    expect(beyond(0, 0.24)).to.equal(1);
    expect(beyond(0.26 * model.lambda, 0)).to.equal(0);
    expect(beyond(0.24 * model.lambda, 0)).to.equal(1);
  });

  it('lets a feature enter or leave within atol, and not otherwise', async () => {
    const { model } = await sides();
    const [name] = [...model.coefficients].find(([, b]) => b === 0)!;
    const moved = { ...model, coefficients: new Map([...model.coefficients, [name, 1e-3]]) };
    const within = compare(model, moved, { atol: 1e-2, rtol: 0 });
    expect([within.beyond, within.entered]).to.deep.equal([0, 0]);
    expect(compare(model, moved, { atol: 1e-4, rtol: 10 }).entered).to.equal(1);
  });

  it('has a figure that only one side has beyond any tolerance, and one that neither has within', async () => {
    const { model } = await sides();
    const { model: untested } = await sides({ holdout: 0, select: 'aicc' });
    const { figures } = compare(model, untested, { atol: 1e9, rtol: 1e9 });
    const beyond = figures.filter((figure) => figure.beyond).map(({ name }) => name);
    expect(beyond).to.deep.equal(['test.mse', 'test.rmse', 'test.mae', 'test.r2']);
  });

  it('reports levels that came and went', async () => {
    const table = await mixedTable();
    const { model } = await fitted(table, {
      target: 'price',
      features: ['grade', 'colour'],
      missing: 'mean',
    });
    const base = await parseComparable(modelText(model), 'm');
    const next = {
      ...base,
      columns: base.columns!.map((c) =>
        c.type === 'text' && c.name === 'grade' ? { ...c, levels: ['A', 'D'] } : c,
      ),
    };
    expect(compare(base, next, EXACT).columns.map(({ code, detail }) => [code, detail])).to.deep.equal([
      ['level-removed', 'B'],
      ['level-removed', 'C'],
      ['level-added', 'D'],
    ]);
  });

  it('refuses sides that predict different things', async () => {
    const { model } = await sides();
    const other = { ...model, target: { name: 'other', classes: null } };
    expect(() => compare(model, other, EXACT)).to.throw(DataError, /same target/);
  });

  it('gives gates the figures of both sides, their change and the counts', async () => {
    const { model: base } = await sides();
    const { model: next } = await sides({ penalty: 'ridge', exclude: ['sex'] });
    const report = compare(base, next, EXACT);
    const scope = diffScope(report);
    const value = (text: string) => evaluateGate(parseGate(text), scope).value;
    expect(value('test.rmse > 0')).to.equal((next.test as { rmse: number }).rmse);
    expect(value('base.test.rmse > 0')).to.equal((base.test as { rmse: number }).rmse);
    expect(value('left == 0')).to.equal(report.left);
    expect(value('coef("bmi") > 0')).to.equal(next.coefficients.get('bmi'));
    expect(value('base("sex") > 0')).to.equal(base.coefficients.get('sex'));
    expect(value('change("bmi") > 0')).to.equal(
      next.coefficients.get('bmi')! - base.coefficients.get('bmi')!,
    );
    expect(() => value('coef("bni") > 0')).to.throw(UsageError, /did you mean.*bmi/);
    expect(() => value('enterd == 0')).to.throw(UsageError, /did you mean.*entered/);
  });
});

describe('parseComparable', () => {
  const refusal = async (text: string) => {
    const error = await parseComparable(text, 'x.json').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(DataError);
    return (error as Error).message;
  };

  it('refuses what is neither a model nor a result', async () => {
    expect(await refusal('{}')).to.match(/names no schema/);
    expect(await refusal('{"schema":"shrinkfit/diff/1"}')).to.match(/shrinkfit\/diff\/1/);
    expect(await refusal('{"schema":"shrinkfit/fit/1"}')).to.match(/layout/);
    expect(await refusal('{"schema":"shrinkfit/model/9"}')).to.match(/later/);
    expect(await refusal('{"schema":"shrinkfit/fit/1"')).to.match(/ends too early/);
  });

  it('refuses a result whose selected row is not in its path', async () => {
    const { outcome } = await fitted(await fixture('diabetes'), { target: 'target' });
    const report = JSON.parse([...fitJson(outcome.report, { gates: [] })].join(''));
    expect(
      await refusal(JSON.stringify({ ...report, selected: { ...report.selected, index: 1e6 } })),
    ).to.match(/do not belong together/);
  });
});
