import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import type { FitViewOptions } from '../../../src/report/options.js';
import { renderFit } from '../../../src/report/render.js';
import { displayWidth } from '../../../src/report/text/display-width.js';
import { chunks, GATES, HOSTILE_NAMES, rendered, type Sample, sampleReport } from '../sample-report.js';

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** The data lines of the table under `heading`. */
function tableUnder(text: string, heading: string): string[] {
  const lines = linesOf(text);
  const start = lines.findIndex((line, k) => k > lines.indexOf(heading) && /^ *─/.test(line));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(
    (line) => line === '' || /^(▸ selected|…|left out|intercept|\d+ feature)/.test(line),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

const sweepOf = (text: string): string[] => tableUnder(text, 'Error and sparsity by lambda');
const entriesOf = (text: string): string[] => tableUnder(text, 'Features in the order of entry');

const SAMPLES: Record<string, Sample> = {
  gaussian: {},
  'without test rows': { tested: false },
  binomial: { family: 'binomial' },
  'binomial elastic net': {
    family: 'binomial',
    penalty: 'elasticnet',
    l1Ratio: 0.5,
    changes: () => ({ df: 3.25 }),
  },
  ridge: { penalty: 'ridge' },
  'no penalty': { penalty: 'none', lambdas: 1 },
  'not certified': { changes: (_, index) => (index % 7 === 0 ? { certified: false, kkt: 2.5e-4 } : {}) },
  'cross-validated': { changes: () => ({ cv: { mean: 2950.5, standardError: 120.25 } }) },
  'huge and tiny': { lambdaMax: 4.5e9, changes: ({ train }) => ({ train: { ...train, mse: 1.5e-12 } }) },
  'hostile names': { names: HOSTILE_NAMES, source: '::error ::a\u001b[2J\nb', lambdas: 40 },
  'a name of a megabyte': {
    names: ['x'.repeat(1 << 20), '日'.repeat(1 << 20), 'y'],
    source: 'z'.repeat(1 << 20),
  },
};

describe('table: form', () => {
  for (const [title, sample] of Object.entries(SAMPLES)) {
    it(`fits its width and holds no escape byte without colour: ${title}`, async () => {
      for (const width of [80, 100, 60]) {
        const text = await rendered(sampleReport(sample), { rows: 'all', gates: GATES, width });
        for (const line of linesOf(text)) {
          expect(displayWidth(line), line).to.be.at.most(width);
          expect(line).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]| $|NaN|Infinity|undefined|^\s*::|##\[/u);
        }
      }
    });

    it(`colours without changing a letter: ${title}`, async () => {
      const options: Partial<FitViewOptions> = { gates: GATES };
      const plain = await rendered(sampleReport(sample), options);
      for (const colorLevel of [1, 3] as const) {
        const coloured = await rendered(sampleReport(sample), { ...options, colorLevel });
        expect(coloured).to.include('\u001b[');
        expect(stripVTControlCharacters(coloured)).to.equal(plain);
      }
    });
  }

  it('holds for names of any kind', async () => {
    const anyNames = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(anyNames, async (names) => {
        const text = await rendered(sampleReport({ names, lambdas: 5, source: names[0] }));
        for (const line of linesOf(text)) {
          expect(displayWidth(line), line).to.be.at.most(80);
          expect(line).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        }
        expect(text.split('\n')).to.include('Features in the order of entry');
      }),
      { numRuns: 40 },
    );
  });

  it('lines the figures up behind names of any width', async () => {
    const text = await rendered(
      sampleReport({ names: ['日本語', 'plain', 'emoji 🙂', 'e\u0301'], lambdas: 4 }),
    );
    const starts = entriesOf(text).map((line) =>
      displayWidth(line.slice(0, line.search(/[-+]?\d+\.\d+ *[-+0-9]/))),
    );
    expect(entriesOf(text)).to.have.length(3);
    expect(Math.max(...starts) - Math.min(...starts)).to.be.at.most(2);
    const points = entriesOf(text).map((line) => displayWidth(line.slice(0, line.indexOf('.'))));
    expect(new Set(points).size).to.equal(1);
  });

  it('moves columns together before it leaves one out', async () => {
    const text = await rendered(sampleReport({ family: 'binomial', penalty: 'ridge' }));
    expect(text).to.match(/left out to fit 80 columns: sparsity\n/);
    const wide = await rendered(sampleReport({ family: 'binomial', penalty: 'ridge' }), { width: 87 });
    expect(wide).to.not.include('left out');
  });

  it('says which columns a narrow terminal leaves out', async () => {
    const text = await rendered(sampleReport(), { width: 50 });
    expect(text).to.include('left out to fit 50 columns: gap, test r2');
  });
});

describe('table: content', () => {
  it('tells what was read, how it was split and what was solved', async () => {
    const text = await rendered(sampleReport());
    expect(linesOf(text).slice(0, 4).join('\n')).to.equal(
      [
        'diabetes.csv: 442 rows, 440 used, 2 dropped; 10 features to predict "target"',
        '352 rows to train, 88 to test: random split, seed 1',
        'gaussian lasso: minimise 1/(2W) Σ w (y − η)² + λ ‖b‖₁, standardized, 100 lambdas',
        'from 45.16 to 0.004516',
      ].join('\n'),
    );
  });

  it('writes the problem of each family and penalty with its numbers', async () => {
    const problem = async (sample: Sample) =>
      (await rendered(sampleReport(sample), { width: 200 })).split('\n')[2];
    expect(await problem({ family: 'binomial', penalty: 'ridge' })).to.match(
      /^binomial ridge: minimise 1\/W Σ w \(log\(1 \+ e\^η\) − y η\) \+ λ\/2 ‖b‖₂², standardized, 100 lambdas/,
    );
    expect(await problem({ penalty: 'elasticnet', l1Ratio: 0.25 })).to.include(
      'elasticnet (l1Ratio 0.25): minimise 1/(2W) Σ w (y − η)² + λ (0.25 ‖b‖₁ + 0.375 ‖b‖₂²),',
    );
    expect(await problem({ penalty: 'none', lambdas: 1 })).to.equal(
      'gaussian without a penalty: minimise 1/(2W) Σ w (y − η)², standardized, lambda 0',
    );
  });

  it('starts with the baseline, shows the rows asked for, and marks the selected and the best', async () => {
    const report = sampleReport({ selected: 40 });
    const rows = sweepOf(await rendered(report, { rows: 10 }));
    expect(rows).to.have.length(11);
    expect(rows[0]).to.match(/^ +mean alone +0 +1\.00 +6000\.0 +6100\.0 +\+100\.0/);
    expect(rows.filter((line) => line.startsWith('▸'))).to.have.length(1);
    expect(rows.find((line) => line.startsWith('▸'))).to.include(report.path[40].lambda.toPrecision(4));
    expect(rows.filter((line) => line.startsWith('*'))).to.have.length(1);
    expect(rows[1]).to.match(/^ +45\.16 /);
    expect(rows[10]).to.match(/^ +0\.004516 /);
  });

  it('puts both marks on one row where the best is selected', async () => {
    expect(sweepOf(await rendered(sampleReport())).filter((line) => line.startsWith('▸*'))).to.have.length(1);
  });

  it('shows every lambda with rows all, and does not say that some are missing', async () => {
    const text = await rendered(sampleReport(), { rows: 'all' });
    expect(sweepOf(text)).to.have.length(101);
    expect(text).to.not.include('--rows');
    expect(await rendered(sampleReport(), { rows: 10 })).to.include(
      '10 of 100 lambdas; --rows all shows all',
    );
  });

  it('makes the trade visible in a sentence and says which rows chose', async () => {
    const text = (await rendered(sampleReport({ selected: 40 }))).replaceAll('\n', ' ');
    expect(text).to.match(
      /Selected lambda 1\.093 \(smallest test error\): 4 of 10 features, test mse 3498\.5 against 2925\.0 at the smallest lambda \(0\.004516\) and 6100\.0 for the mean alone\. The test rows chose this lambda, so their error there is optimistic\./,
    );
    const trained = (await rendered(sampleReport({ tested: false }))).replaceAll('\n', ' ');
    expect(trained).to.match(/\(smallest AICc\): .*train mse .* The training rows chose this lambda\./);
    expect(trained).to.not.include('optimistic');
  });

  it('calls a feature unpenalised in place of a lambda at which it enters', async () => {
    const free = (sample: Sample) => {
      const report = sampleReport(sample);
      return { ...report, penaltyFactor: Float64Array.from(report.features, (_, j) => (j === 2 ? 0 : 1)) };
    };
    const sparse = await rendered(free({}), { table: 'coefficients' });
    expect(sparse).to.match(/^ *bmi +unpenalised/m);
    expect(sparse.match(/unpenalised/g)).to.have.length(1);
    const dense = await rendered(free({ penalty: 'ridge' }), { table: 'coefficients' });
    expect(dense).to.include('1 feature unpenalised (--penalty-factor 0)');
  });

  it('calls standard input by its name', async () => {
    expect(await rendered(sampleReport({ source: '-' }))).to.match(/^standard input: 442 rows/);
    expect(await rendered(sampleReport({ source: '-' }), { format: 'json' })).to.match(/"source": ?"-"/);
  });

  it('needs no option but the report', async () => {
    expect([...(await renderFit(sampleReport()))].join('')).to.equal(await rendered(sampleReport()));
  });

  it('certifies all solutions in one line, or counts and marks those that are not', async () => {
    expect(await rendered(sampleReport())).to.include(
      'All 100 solutions are certified: largest KKT violation 3.0e-9 (tolerance 1e-6)',
    );
    const text = await rendered(sampleReport(SAMPLES['not certified']), { rows: 'all', width: 100 });
    expect(text).to.include(
      '15 of 100 solutions are not certified (✗): largest KKT violation 2.5e-4 (tolerance 1e-6)',
    );
    expect(sweepOf(text).filter((line) => line.includes('✗ 3e-4'))).to.have.length(15);
  });

  it('marks degrees of freedom that may be off by more than it shows', async () => {
    const changes = (_: unknown, index: number) => ({ df: 3.25, dfError: index === 0 ? 0.3 : 0.004 });
    const text = await rendered(sampleReport({ penalty: 'ridge', changes }));
    expect(text.match(/~3\.25/g)).to.have.length(1);
    expect(text).to.match(/ 3\.25/);
  });

  it('keeps the df column for when it says more than nonzero', async () => {
    expect(await rendered(sampleReport())).to.not.match(/ df /);
    expect(await rendered(sampleReport({ penalty: 'ridge' }))).to.match(/ df /);
  });

  it('shows undefined scores as a dash', async () => {
    const changes: Sample['changes'] = ({ train }) => ({ train: { ...train, auc: null } as never });
    const text = await rendered(sampleReport({ family: 'binomial', tested: false, changes }));
    expect(sweepOf(text)[1]).to.match(/ – +✓$/);
  });
});

describe('table: features', () => {
  it('lists features as they enter, counts the rest and those that never do', async () => {
    const names = Array.from({ length: 50 }, (_, j) => `f${j}`);
    const text = await rendered(sampleReport({ names, selected: 50 }), { rows: 8 });
    expect(entriesOf(text)).to.have.length(8);
    expect(entriesOf(text)[0]).to.match(/^f0 +\d/);
    expect(text.replaceAll('\n', ' ')).to.match(
      /… and 41 more that enter later, 2\d of them non-zero at the selected lambda; --rows all shows all 1 feature has a zero coefficient at every lambda/,
    );
    expect(entriesOf(await rendered(sampleReport({ names }), { rows: 'all' }))).to.have.length(49);
  });

  it('orders dense models by size and leaves the lambda of entry out', async () => {
    const text = await rendered(sampleReport({ penalty: 'ridge' }));
    expect(text).to.not.include('enters at');
    const sizes = tableUnder(text, 'Coefficients, largest first').map((line) =>
      Math.abs(Number(line.split(/ +/)[2])),
    );
    expect(sizes).to.have.length(9);
    expect(sizes).to.deep.equal([...sizes].sort((a, b) => b - a));
  });

  it('shows only the table asked for, and the sentence with both', async () => {
    const path = await rendered(sampleReport(), { table: 'path' });
    const coefficients = await rendered(sampleReport(), { table: 'coefficients' });
    expect(path).to.include('Error and sparsity').and.not.include('order of entry');
    expect(coefficients).to.include('order of entry').and.not.include('Error and sparsity');
    for (const text of [path, coefficients]) expect(text).to.include('Selected lambda');
  });

  it('shows every gate, passed or failed, and nothing without gates', async () => {
    const text = await rendered(sampleReport(), { gates: GATES });
    expect(text).to.include('Gates: 1 of 2 passed');
    expect(text).to.match(/^passed +55\.2 +60 +test\.rmse<=60$/m);
    expect(text).to.match(/^FAILED +– +3 +nonzero<=3$/m);
    expect(await rendered(sampleReport())).to.not.include('Gates');
  });

  it('stays short and quick with thousands of features, and streams all of them', async () => {
    const names = Array.from(
      { length: 3000 },
      (_, j) => `feature number ${j} with a rather long name ${'x'.repeat(j % 90)}`,
    );
    const report = sampleReport({ names, lambdas: 20 });
    const short = await rendered(report);
    expect(linesOf(short).length).to.be.below(70);
    const pieces = [...(await chunks(report, { rows: 'all' }))];
    expect(entriesOf(pieces.join(''))).to.have.length(2999);
    expect(Math.max(...pieces.map((piece) => piece.length))).to.be.below(20_000);
    for (const line of linesOf(pieces.join(''))) expect(displayWidth(line)).to.be.at.most(80);
  });
});
