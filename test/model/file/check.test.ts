import { expect } from 'chai';
import { checkModel } from '../../../src/model/file/check.js';
import type { Model } from '../../../src/model/model.js';
import { fitted, mixedTable, tableOf } from '../model-helpers.js';

/** A model of which everything can be changed. */
type Changing<T> = { -readonly [K in keyof T]: Changing<T[K]> };
// biome-ignore lint/suspicious/noExplicitAny: columns of both types stand side by side, and a case knows which it changes.
type Draft = Changing<Omit<Model, 'columns'>> & { columns: any[] };
type Case = readonly [what: string, change: (model: Draft) => unknown];

const COLUMNS = 'its features and columns do not belong together';
const COLUMN = 'the levels, ranges or shares of a column contradict each other';
const TARGET = 'the range or the shares of the target contradict each other';
const CLASSES = 'its family, classes and errors do not belong together';
const CERTIFICATE = 'it claims a certificate that its own figures do not reach';
const ROWS = 'its counts of rows contradict each other';
const ROLES = 'its options name another target, weights or offset';
const CELLS = 'the rows of its self-test do not fit its columns';
const ALL_MISSING = { mean: null, deviation: null, min: null, max: null, edges: [], shares: [1] };

// The columns: size (numbers), colour (levels), year (numbers), grade (levels A, B, C).
const REFUSED: Record<string, readonly Case[]> = {
  [COLUMNS]: [
    ['a column without a feature', (m) => m.columns.push({ ...m.columns[0], name: 'more' })],
    ['a feature without a column', (m) => m.columns.shift()],
    ['two columns of one name', (m) => m.columns.push(m.columns[0])],
    ['a column of numbers with two features', (m) => m.features.push(m.features[0])],
    [
      'a level with two features',
      (m) => (m.features[m.features.length - 1] = m.features[m.features.length - 2]),
    ],
    ['a level without a feature', (m) => m.features.pop()],
    ['a feature of numbers with another name', (m) => (m.features[0].name = 'sizes')],
    ['a feature of numbers with a level', (m) => (m.features[0].level = 'A')],
    ['a feature of a level with another name', (m) => (m.features[1].name = 'colour')],
  ],
  [COLUMN]: [
    ['levels out of order', (m) => m.columns[3].levels.reverse()],
    [
      'fewer shares than levels',
      (m) => m.columns[3].shares.splice(0, 2, m.columns[3].shares[0] + m.columns[3].shares[1]),
    ],
    ['shares of levels that sum to more than 1', (m) => (m.columns[3].shares[0] += 2e-9)],
    ['shares of levels that sum to less than 1', (m) => (m.columns[3].shares[0] -= 2e-9)],
    ['shares of numbers that do not sum to 1', (m) => (m.columns[0].shares[0] += 2e-9)],
    ['a share too many', (m) => m.columns[0].shares.push(0)],
    ['an edge below the range', (m) => (m.columns[0].edges[0] = m.columns[0].min - 1)],
    [
      'an edge above the range',
      (m) => (m.columns[0].edges[m.columns[0].edges.length - 1] = m.columns[0].max + 1),
    ],
    ['edges out of order', (m) => m.columns[0].edges.reverse()],
    ['equal edges', (m) => (m.columns[0].edges[1] = m.columns[0].edges[0])],
    ['a mean below the range', (m) => (m.columns[0].mean = m.columns[0].min - 1e-6)],
    ['a mean above the range', (m) => (m.columns[0].mean = m.columns[0].max + 1e-6)],
    ...['mean', 'deviation', 'min', 'max'].flatMap((key): Case[] => [
      [`no ${key}, alone`, (m) => (m.columns[0][key] = null)],
      [`a ${key} of no numbers`, (m) => Object.assign(m.columns[0], ALL_MISSING, { [key]: 1 })],
    ]),
    [
      'edges of no numbers',
      (m) => Object.assign(m.columns[0], ALL_MISSING, { edges: [1], shares: [0.5, 0.5] }),
    ],
  ],
  [TARGET]: [['a mean outside the range', (m) => (m.target.training.mean = 1e300)]],
  [CLASSES]: [
    ['classes of a linear model', (m) => (m.target.classes = ['a', 'b'])],
    ['another family', (m) => (m.model.family = 'binomial')],
    ['errors of test rows without their baseline', (m) => (m.metrics.baseline.test = null)],
    ['a baseline without errors of test rows', (m) => (m.metrics.test = null)],
    ...(['train', 'test'] as const).flatMap((part): Case[] => [
      [`errors of another family, ${part}`, (m) => (m.metrics[part] = { logLoss: 1 } as never)],
      [`a baseline of another family, ${part}`, (m) => (m.metrics.baseline[part] = { logLoss: 1 } as never)],
    ]),
  ],
  [CERTIFICATE]: [
    [
      'a violation above the tolerance',
      (m) => (m.certificate = { certified: true, kkt: 2e-6, tolerance: 1e-6 }),
    ],
  ],
  [ROWS]: [
    ['a row too many', (m) => m.training.rows++],
    ['a row dropped that was not there', (m) => m.training.rowsDropped++],
    ['training rows that were not split', (m) => m.split.train--],
    ['test rows that were not split', (m) => m.split.test++],
    ['training and test rows in one file, as if there were two', (m) => (m.split.method = 'file')],
    ['test rows without a split', (m) => (m.split.method = 'none')],
    ['a split without test rows', (m) => Object.assign(m.split, { train: m.training.rowsUsed, test: 0 })],
  ],
  [ROLES]: [
    ['another target', (m) => (m.options.target = 'sold')],
    ['weights', (m) => (m.options.weights = 'sold')],
    ['an offset', (m) => (m.options.offset = 'sold')],
    ['weights that the options do not name', (m) => (m.weights = 'sold')],
    ['an offset that the options do not name', (m) => (m.offset = 'sold')],
  ],
  [CELLS]: [
    ['a cell too few', (m) => (m.selfTest[1].cells as unknown[]).pop()],
    ['a cell too many', (m) => (m.selfTest[1].cells as unknown[]).push(1)],
    ['a text in a column of numbers', (m) => ((m.selfTest[1].cells as unknown[])[0] = '1')],
    ['a number in a column of levels', (m) => ((m.selfTest[1].cells as unknown[])[1] = 1)],
  ],
};

const ACCEPTED: readonly Case[] = [
  ['nothing', () => {}],
  [
    'columns in another order',
    (m) => {
      m.columns.reverse();
      for (const { cells } of m.selfTest) (cells as unknown[]).reverse();
    },
  ],
  ['a column of numbers without a training value', (m) => Object.assign(m.columns[0], ALL_MISSING)],
  ['missing cells in the self-test', (m) => (m.selfTest[1].cells as unknown[]).fill(null)],
  [
    'a mean that is rounded beyond equal values',
    (m) =>
      Object.assign(m.columns[0], { min: 0.1, max: 0.1, mean: 0.10000000000000002, edges: [], shares: [1] }),
  ],
  [
    'the smallest and the largest value as edges',
    (m) => {
      const { min, max } = m.columns[0];
      Object.assign(m.columns[0], { edges: [min, max], shares: [0.25, 0.5, 0.25] });
    },
  ],
  ['shares that are rounded', (m) => (m.columns[3].shares[0] += 1e-12)],
  [
    'a violation that is the tolerance',
    (m) => (m.certificate = { certified: true, kkt: 1e-6, tolerance: 1e-6 }),
  ],
  [
    'a violation above the tolerance, not certified',
    (m) => (m.certificate = { certified: false, kkt: 1, tolerance: 1e-6 }),
  ],
  [
    'a row more that was dropped',
    (m) => {
      m.training.rows++;
      m.training.rowsDropped++;
    },
  ],
  [
    'test rows of another file',
    (m) => Object.assign(m.split, { method: 'file', train: m.training.rowsUsed, test: 7 }),
  ],
  [
    'no test rows',
    (m) => {
      Object.assign(m.split, { method: 'none', train: m.training.rowsUsed, test: 0 });
      m.metrics.test = null;
      m.metrics.baseline.test = null;
    },
  ],
];

describe('the rules of a model', () => {
  let good: Model;
  before(async () => {
    ({ model: good } = await fitted(await mixedTable(), {
      target: 'price',
      exclude: ['sold'],
      missing: 'mean',
    }));
  });
  const check = (change: Case[1]) => {
    const copy = structuredClone(good) as unknown as Draft;
    change(copy);
    return () => checkModel(copy as unknown as Model, 'm.json', 'save it again');
  };

  for (const [words, cases] of Object.entries(REFUSED)) {
    it(`refuse what breaks one: ${words}`, () => {
      for (const [what, change] of cases)
        expect(check(change), what).to.throw(`m.json: ${words}; save it again`);
    });
  }

  it('accept what only looks like it', () => {
    for (const [what, change] of ACCEPTED) expect(check(change), what).not.to.throw();
  });

  it('ask for two classes of a logistic model', async () => {
    const text = 'x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n';
    const { model } = await fitted(await tableOf(text), { target: 'y', holdout: 0 });
    expect(() => checkModel(model, 'm.json', '')).not.to.throw();
    const lost = { ...model, target: { ...model.target, classes: null } };
    expect(() => checkModel(lost, 'm.json', '')).to.throw(CLASSES);
  });
});
