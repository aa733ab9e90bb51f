import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Table } from '../../../src/csv/columns/table.js';
import { type CsvOptions, readCsv } from '../../../src/csv/read-csv.js';
import { parseModel } from '../../../src/model/file/load.js';
import { modelText } from '../../../src/model/file/text.js';
import type { Model } from '../../../src/model/model.js';
import { type PredictOptions, predictStream } from '../../../src/model/predict/predict-stream.js';
import { scoreTable } from '../../../src/model/score/table.js';
import { predictionOf } from '../../../src/model/score/terms.js';
import type { FitOptions } from '../../../src/options/options.js';
import { Engine } from '../../../src/runtime/engine.js';
import { failure, inputOf } from '../../csv/tables.js';
import { fitted, tableOf } from '../model-helpers.js';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures');
const engines = [new Engine(1), new Engine(2)];
const DEFAULTS: PredictOptions = { reading: {}, prefix: '', threshold: 0.5, only: false, strict: false };

interface Output {
  readonly text: string;
  readonly tally: { missing: [string, number][]; unseen: [string, number][]; unanswered: number };
}

async function run(
  model: Model,
  content: string,
  options: PredictOptions,
  means: Parameters<typeof predictStream>[4],
): Promise<Output> {
  const parts: Buffer[] = [];
  const take = async (bytes: Uint8Array) => parts.push(Buffer.from(bytes)) > 0;
  const { missing, unseen, unanswered } = await predictStream(
    model,
    inputOf(content, 100),
    options,
    take,
    means,
  );
  const sorted = (counts: Map<string, number>) => [...counts].sort();
  return {
    text: Buffer.concat(parts).toString(),
    tally: { missing: sorted(missing), unseen: sorted(unseen), unanswered },
  };
}

/** Predicts record by record, and by the kernels with small windows and several threads: all must agree, errors too. */
async function predict(model: Model, content: string, given: Partial<PredictOptions> = {}): Promise<Output> {
  const options = { ...DEFAULTS, ...given };
  const slow = await run(model, content, options, { engine: null }).catch((error: Error) => error);
  for (const engine of engines) {
    for (const largeWindow of [300, 5000]) {
      const means = { engine: () => engine, window: 64, largeWindow };
      const fast = await run(model, content, options, means).catch((error: Error) => error);
      if (slow instanceof Error || fast instanceof Error) expect(String(fast)).to.equal(String(slow));
      else expect(fast).to.deep.equal(slow);
    }
  }
  if (slow instanceof Error) throw slow;
  return slow;
}

/** The predictions of the in-memory scorer as cells. */
function expectedCells(model: Model, table: Table): string[] {
  const { eta } = scoreTable(model, table);
  return Array.from(eta, (value) => {
    if (Number.isNaN(value)) return model.target.classes === null ? '' : ',';
    const prediction = predictionOf(model.model.family, value);
    const cell = Object.is(prediction, -0) ? '-0' : String(prediction);
    return model.target.classes === null
      ? cell
      : `${cell},${model.target.classes[prediction >= 0.5 ? 1 : 0]}`;
  });
}

const WORDS = ['red', 'green', 'blue', 'a b', '__proto__', 'é'];

/** Rows of numbers and categories with missing cells, a column far from 0 and one that is not in the model. */
function mixed(rows: number, seed: number): string {
  const lines = ['size,colour,year,note,price,sold'];
  for (let i = 0; i < rows; i++) {
    const k = i * 7 + seed;
    const size = k % 19 === 4 ? 'NA' : String(((k * 37) % 101) / 7);
    const colour = k % 23 === 7 ? '' : WORDS[(k * 13) % WORDS.length];
    const price = 3 * ((k * 37) % 101) - ((k * 13) % 6) * 40 + ((k * 29) % 17);
    // Far from 0, so that it has an origin; filled from the training rows where it is missing.
    const year = k % 17 === 3 ? '' : 1e9 + ((k * 7) % 13);
    lines.push(`${size},${colour},${year},"n ${i}",${price},${price > 60 ? 'yes' : 'no'}`);
  }
  return `${lines.join('\n')}\n`;
}

const FITS: [string, FitOptions][] = [
  ['gaussian, filled by the mean', { target: 'price', exclude: ['sold', 'note'], missing: 'mean' }],
  ['binomial, filled by the median', { target: 'sold', exclude: ['price', 'note'], missing: 'median' }],
  ['gaussian, dropped', { target: 'price', exclude: ['sold', 'note'] }],
  ['binomial with an offset, dropped', { target: 'sold', exclude: ['price', 'note'], offset: 'size' }],
];

describe('predicting a stream', () => {
  after(() => {
    for (const engine of engines) engine.close();
  });

  const fixtures: [string, FitOptions][] = [
    ['diabetes', { target: 'target' }],
    ['birthwt', { target: 'low', categorical: ['race'] }],
    ['sonar', { target: 'Class' }],
    ['wide', { target: 'y' }],
  ];
  for (const [name, options] of fixtures) {
    for (const penalty of ['lasso', 'ridge', 'elasticnet'] as const) {
      it(`gives the in-memory scorer's predictions bit for bit: ${name}, ${penalty}`, async () => {
        const content = readFileSync(join(FIXTURES, `${name}.csv`), 'utf8');
        const csv: CsvOptions = { text: options.categorical ?? [], engine: null };
        const table = await readCsv(inputOf(content), csv);
        const { model } = await fitted(table, {
          ...options,
          penalty,
          lambda: { kind: 'grid', count: 10, minRatio: null },
        });
        const loaded = await parseModel(modelText(model), 'm.json');
        const { text } = await predict(loaded, content);
        const expected = expectedCells(loaded, table);
        const lines = content.split(/\r?\n/).filter((line) => line !== '');
        const found = text.split(/\r?\n/).filter((line) => line !== '');
        expect(found.slice(1)).to.deep.equal(lines.slice(1).map((line, i) => `${line},${expected[i]}`));
      });
    }
  }

  for (const [title, options] of FITS) {
    it(`follows the policy for missing cells and unseen levels: ${title}`, async () => {
      const { model } = await fitted(await tableOf(mixed(200, 1)), options, 'last');
      const content = mixed(90, 5).replace(/\bblue\b/g, 'mauve');
      const text = content.split('\n').slice(1, -1);
      const table = await readCsv(inputOf(content), { text: ['colour'], engine: null });
      const expected = expectedCells(model, table);
      const found = await predict(model, content);
      expect(found.text.split('\n').slice(1, -1)).to.deep.equal(
        text.map((line, i) => `${line},${expected[i]}`),
      );
      expect(model.features.find(({ name }) => name === 'year')!.origin).to.be.above(1e8);
      const { missing, unseen } = scoreTable(model, table);
      expect(found.tally.missing).to.deep.equal([...missing].sort());
      expect(found.tally.unseen).to.deep.equal([...unseen].sort());
      expect(found.tally.unanswered).to.equal(expected.filter((cell) => /^,?$/.test(cell)).length);
    });
  }

  describe('of any file', () => {
    let model: Model;
    before(async () => {
      ({ model } = await fitted(await tableOf('x,c,y\n1,a,1\n2,b,2\n3,a,4\n4,b,3\n5,a,7\n7,b,9\n'), {
        target: 'y',
        penalty: 'ridge',
        holdout: 0,
        lambda: { kind: 'list', values: [0.1] },
        missing: 'mean',
      }));
    });

    it('keeps every byte of it, whatever its line ends, quotes, comments and blank lines', async () => {
      const content =
        '# top\r\n\r\n c ,"x", z\r\n"a",1,"say ""hi"""\r\n\n  #no,te\nb , 2,"two\nlines"\r\n\r"a",,';
      const { text } = await predict(model, content, { reading: { comment: '#' } });
      expect(text.replace(/,prediction|,-?[0-9.]+(?=\r|$|\n)/g, '')).to.equal(content);
      expect(text.match(/,-?[0-9.]+(?=\r|$|\n)/g)).to.have.length(3);
    });

    it('gives the same bytes by both lanes for any file', async () => {
      const number = fc.constantFrom(
        '1',
        '2.5',
        '-3e2',
        '"4"',
        ' 5 ',
        'NA',
        '',
        '1e400',
        '123456789012345678901',
        '-0',
      );
      const level = fc.constantFrom(
        'a',
        'b',
        '"a"',
        ' b ',
        'q',
        '',
        '"q ""r"""',
        '"a,b"',
        '"x\ny"',
        'é',
        '\u00a0a',
      );
      const end = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n');
      const rows = fc.array(fc.tuple(number, level, level, end), { minLength: 1, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(
          rows,
          fc.boolean(),
          fc.boolean(),
          fc.boolean(),
          async (lines, only, strict, plain) => {
            const kept = plain
              ? lines.map(([x, c, z]) => [
                  x === '1e400' ? '1' : x,
                  c.includes('\n') ? 'a' : c,
                  z.includes('"') ? '' : z,
                  '\n',
                ])
              : lines;
            const content = `x,c,z\n${kept.map(([x, c, z, e]) => `${x},${c},${z}${e}`).join('')}`;
            await predict(model, content, { only, strict }).catch((error: Error) => {
              expect(error.name).to.equal('DataError');
            });
          },
        ),
        { numRuns: 150 },
      );
    });

    it('finds columns by name, and names all that are missing', async () => {
      const { text } = await predict(model, 'q,c,x\n0,a,1\n');
      const [, row] = (await predict(model, 'x,c\n1,a\n')).text.split('\n');
      expect(text).to.equal(`q,c,x,prediction\n0,a,1,${row.split(',')[2]}\n`);
      expect((await failure(predict(model, 'X,d\n1,2\n'))).message).to.match(
        /^t\.csv: columns "x" \(is it "X"\?\), "c".* are missing, and the model needs them/,
      );
    });

    it('keeps a line sep= and columns without a name, and refuses a name that could mean two columns', async () => {
      const [, row] = (await predict(model, 'x,c\n1,a\n')).text.split('\n');
      const answer = row.split(',')[2];
      const { text } = await predict(model, 'sep=;\r\n;c;x;\r\n0;a;1;\r\n');
      expect(text).to.equal(`sep=;\r\n;c;x;;prediction\r\n0;a;1;;${answer}\r\n`);
      const bad = await failure(predict(model, 'sep=,\nx,c\n1\n'));
      expect(bad.message).to.match(/^t\.csv:3: has 1 cell but the header has 2/);
      expect((await failure(predict(model, 'x,c,x\n1,a,2\n'))).message).to.equal(
        't.csv: more than one column is named "x", and the model needs one; rename the others',
      );
      expect((await predict(model, 'x,c,y,y\n1,a,2,3\n')).text).to.include(`1,a,2,3,${answer}`);
    });

    it('takes the marks for missing of single columns', async () => {
      const filled = (await predict(model, 'x,c\n,a\n')).text.split('\n')[1];
      const reading = { columnNa: [['x', [':', '-']]] as const };
      const { text, tally } = await predict(model, `x,c\n${':,a\n-,a\n1,a\n'.repeat(40)}`, { reading });
      expect(text.split('\n')[1]).to.equal(`:${filled}`);
      expect(tally.missing).to.deep.equal([['x', 80]]);
      expect((await failure(predict(model, 'x,c\n1,a\nNA,a\n', { reading }))).message).to.include(
        '"NA" is not a number',
      );
    });

    it('offers no name of the model for one that is missing', async () => {
      const other = await failure(predict(model, 'y,c\n1,a\n'));
      expect(other.message).to.match(/^t\.csv: column "x" is missing/);
      expect((await failure(predict(model, 'x2,c\n1,a\n'))).message).to.include('"x" (is it "x2"?)');
    });

    it('writes as many rows as it reads, down to none', async () => {
      expect((await predict(model, 'x,c\n')).text).to.equal('x,c,prediction\n');
      expect((await predict(model, 'x,c\n1,a\n2,b', { only: true })).text.split('\n')).to.have.length(3);
    });

    it('refuses a name that is taken, and takes another', async () => {
      const content = 'x,c,prediction\n1,a,0\n';
      expect((await failure(predict(model, content))).message).to.match(/"prediction" already; .*--prefix/);
      expect((await predict(model, content, { prefix: 'new,' })).text).to.match(
        /^x,c,prediction,"new,prediction"\n/,
      );
    });

    it('names the line of a cell that is no number, of a missing one and of an unseen level', async () => {
      const rows = '1,a\n'.repeat(100);
      const at = (cell: string, strict: boolean) =>
        failure(predict(model, `x,c\n${rows}${cell}\n${rows}`, { strict }));
      expect((await at('oops,a', false)).message).to.match(/^t\.csv:102: column "x": "oops" is not a number/);
      expect((await at(',a', true)).message).to.match(
        /^t\.csv:102: column "x": the cell is missing, and --strict/,
      );
      expect((await at('1,q', true)).message).to.match(
        /^t\.csv:102: column "c": no training row has the level "q"/,
      );
      const features = model.features.map((feature) => ({
        ...feature,
        coefficient: 100 * feature.coefficient,
      }));
      const steep = predict({ ...model, features }, `x,c\n${rows}1e308,a\n`);
      expect((await failure(steep)).message).to.match(
        /^t\.csv:102: the prediction is too large for a double/,
      );
    });

    it('honours the decimal mark, and quotes what the dialect would divide', async () => {
      const { text } = await predict(model, 'x;c\n1,5;a\n', { reading: { decimal: ',' } });
      expect(text).to.match(/^x;c;prediction\n1,5;a;\d+,\d+\n$/);
    });
  });

  it('checks columns of numbers with coefficient 0 too', async () => {
    const { model } = await fitted(await tableOf('x,z,y\n1,5,1\n2,3,2\n3,8,3\n4,1,4\n5,2,5\n6,9,6.5\n'), {
      target: 'y',
      holdout: 0,
      lambda: { kind: 'list', values: [1] },
    });
    expect(model.features.map(({ coefficient }) => coefficient !== 0)).to.deep.equal([true, false]);
    expect((await predict(model, 'x\n1\n')).text).to.match(/^x,prediction\n1,/);
    expect((await failure(predict(model, 'x,z\n1,u\n'))).message).to.match(
      /^t\.csv:2: column "z": "u" is not a number/,
    );
  });

  it('predicts without a header when the model was trained so', async () => {
    const table = await readCsv(inputOf('1,2\n2,3\n3,5\n4,4\n'), { header: false });
    const { model } = await fitted(table, {
      target: 'x2',
      holdout: 0,
      lambda: { kind: 'list', values: [0.1] },
    });
    const { text } = await predict({ ...model, csv: { header: false } }, '1,2\n5,6\n');
    expect(text).to.match(/^1,2,[\d.]+\n5,6,[\d.]+\n$/);
  });
});
