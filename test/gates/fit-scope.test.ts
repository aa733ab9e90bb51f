import { expect } from 'chai';
import { evaluateGate } from '../../src/gates/evaluate-gate.js';
import { fitNames, fitScope } from '../../src/gates/fit-scope.js';
import { parseGate } from '../../src/gates/parse-gate.js';
import { HOSTILE_NAMES, rendered, sampleReport } from '../report/sample-report.js';

/** Every number and truth value of a JSON object by its dotted path. */
function* numbersOf(value: unknown, path: string): Generator<[string, number | null]> {
  if (typeof value === 'number' || typeof value === 'boolean') yield [path, Number(value)];
  else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      yield* numbersOf(inner, path === '' ? key : `${path}.${key}`);
    }
  }
}

const SAMPLES = {
  gaussian: sampleReport({ changes: () => ({ cv: { mean: 3, standardError: 0.5 } }) }),
  binomial: sampleReport({ family: 'binomial', changes: () => ({ cv: { mean: 3, standardError: 0.5 } }) }),
  'no test rows': sampleReport({ tested: false }),
};

describe('the figures of a fit', () => {
  for (const [title, report] of Object.entries(SAMPLES)) {
    it(`are those of the JSON, under their names there: ${title}`, async () => {
      const json = JSON.parse(await rendered(report, { format: 'json' }));
      const { path, selected, ...rest } = json;
      const { figures } = fitScope(report);
      const solution = path[selected.index];
      const wanted = [
        ...numbersOf({ ...rest, selected: { index: selected.index } }, ''),
        ...numbersOf(solution, ''),
      ];
      expect(wanted.length).to.be.above(20);
      for (const [name, value] of wanted) expect(figures.get(name)?.(), name).to.equal(value);
    });
  }

  it('can be named before the fit, and no others', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const names = fitNames(family);
      const scope = fitScope(sampleReport({ family }));
      expect([...names.figures.keys()]).to.deep.equal([...scope.figures.keys()]);
      expect([...names.functions.keys()]).to.deep.equal([...scope.functions.keys()]);
    }
  });

  it('are null where there is nothing to measure', () => {
    const { figures } = fitScope(SAMPLES['no test rows']);
    for (const name of ['test.rmse', 'baseline.test.mse', 'cv.mean', 'cv.standardError', 'split.seed']) {
      expect(figures.get(name)!(), name).to.equal(null);
    }
  });

  it('count certificates along the whole path', () => {
    const report = sampleReport({
      lambdas: 10,
      changes: (_, k) => (k === 3 ? { certified: false, kkt: 0.1 } : {}),
    });
    const { figures } = fitScope(report);
    expect(figures.get('path.certified')!()).to.equal(9);
    expect(figures.get('path.length')!()).to.equal(10);
    expect(figures.get('path.kkt')!()).to.equal(0.1);
    expect(figures.get('tolerance')!()).to.equal(report.tolerance);
    expect(figures.get('certified')!()).to.equal(1);
  });

  it('of one feature go by its name, whatever it is', () => {
    const report = sampleReport({ names: HOSTILE_NAMES });
    const { coefficients } = report.path[report.selected.index];
    const scope = fitScope(report);
    HOSTILE_NAMES.forEach((name, j) => {
      const value = (rule: string) => evaluateGate(parseGate(rule), scope).value;
      expect(value(`coef(${JSON.stringify(name)}) > 0`)).to.equal(coefficients[j]);
      const standardized = coefficients[j] * report.featureScale[j];
      expect(value(`standardized(${JSON.stringify(name)}) > 0`)).to.equal(standardized);
      expect(value(`selected(${JSON.stringify(name)}) > 0`)).to.equal(coefficients[j] === 0 ? 0 : 1);
    });
  });
});
