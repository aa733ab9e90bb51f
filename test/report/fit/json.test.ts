import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { PathPoint } from '../../../src/fit/fit-report.js';
import { chunks, GATES, HOSTILE_NAMES, rendered, sampleReport } from '../sample-report.js';

const schema = JSON.parse(readFileSync(new URL('../../../schema/fit.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const SAMPLES = {
  gaussian: sampleReport(),
  'gaussian without test rows': sampleReport({ tested: false }),
  binomial: sampleReport({ family: 'binomial' }),
  'binomial without test rows': sampleReport({ family: 'binomial', tested: false }),
  'no penalty': sampleReport({ penalty: 'none', lambdas: 1 }),
  'hostile names': sampleReport({ names: HOSTILE_NAMES }),
  'no features': sampleReport({ names: [], changes: () => ({ sparsity: 1 }) }),
};

describe('json', () => {
  for (const [title, report] of Object.entries(SAMPLES)) {
    it(`conforms to the schema and gives back the same numbers: ${title}`, async () => {
      const parsed = JSON.parse(await rendered(report, { format: 'json', gates: GATES }));
      expect(validate(parsed), JSON.stringify(validate.errors)).to.equal(true);
      const { featureScale: _, penaltyFactor: __, tolerance: ___, ...expected } = report;
      const path = report.path.map((point) => ({ ...point, coefficients: [...point.coefficients] }));
      expect(parsed).to.deep.equal({ ...expected, path, schema: 'shrinkfit/fit/1', gates: GATES });
    });
  }

  it('has the keys of the contract in its order, and no other', async () => {
    const parsed = JSON.parse(await rendered(sampleReport(), { format: 'json' }));
    expect(Object.keys(parsed).join()).to.equal(
      'schema,version,model,data,target,features,split,baseline,lambdaMax,path,selected,gates,warnings',
    );
    expect(Object.keys(parsed.path[0]).join()).to.equal(
      'lambda,intercept,coefficients,nonzero,sparsity,df,dfError,l1Norm,l2Norm,train,test,cv,kkt,certified,iterations',
    );
    expect(Object.keys(parsed.baseline.train).join()).to.equal('mse,rmse,mae,r2');
  });

  it('refuses what it does not know', async () => {
    const parsed = JSON.parse(await rendered(sampleReport(), { format: 'json' }));
    expect(validate({ ...parsed, more: 1 })).to.equal(false);
    expect(validate({ ...parsed, baseline: { ...parsed.baseline, test: undefined } })).to.equal(false);
    expect(validate({ ...parsed, path: [{ ...parsed.path[0], coefficients: [null] }] })).to.equal(false);
  });

  it('writes undefined figures as null and negative zero as zero', async () => {
    const broken = (_: PathPoint, index: number): Partial<PathPoint> =>
      index === 0 ? { kkt: Number.NaN, coefficients: new Float64Array([-0]) } : {};
    const text = await rendered(sampleReport({ names: ['x'], changes: broken }), { format: 'json' });
    expect(text).to.not.match(/NaN|Infinity|-0[,\]]/);
    expect(JSON.parse(text).path[0]).to.deep.include({ kkt: null, coefficients: [0] });
  });

  it('puts each key and each lambda on a line of its own, in chunks', async () => {
    const pieces = [...(await chunks(sampleReport({ lambdas: 30 }), { format: 'json' }))];
    expect(pieces.length).to.be.above(30);
    const lines = pieces.join('').split('\n');
    expect(lines.filter((line) => line.startsWith('    {"lambda":'))).to.have.length(30);
    expect(lines.at(-1)).to.equal('');
    expect(Math.max(...pieces.map((piece) => piece.length))).to.be.below(2000);
  });

  it('is the same for --rows and --table', async () => {
    const report = sampleReport();
    const whole = await rendered(report, { format: 'json' });
    expect(await rendered(report, { format: 'json', rows: 2, table: 'path' })).to.equal(whole);
  });
});
