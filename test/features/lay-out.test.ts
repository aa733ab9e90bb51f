import { expect } from 'chai';
import type { NumericColumn, TextColumn } from '../../src/csv/columns/table.js';
import type { Design } from '../../src/design/design.js';
import { featureValues, learnFeatures, type UsableColumn } from '../../src/features/encode.js';
import { layOutTraining } from '../../src/features/lay-out.js';
import { learnStandardization, standardizeInPlace } from '../../src/features/standardize.js';
import { Engine } from '../../src/runtime/engine.js';
import { normal } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const ROWS = 601;

/** The same numbers in the shared memory or outside, with every ninth cell missing. */
function numbers(name: string, seed: number, place: 'shared' | 'outside'): NumericColumn {
  const random = normal(seed);
  const values = place === 'shared' ? engine.wasm.doubles(ROWS) : new Float64Array(ROWS);
  for (let i = 0; i < ROWS; i++) values[i] = i % 9 === 4 ? Number.NaN : 10 + random();
  return { kind: 'numeric', name, values, missing: Math.floor((ROWS + 4) / 9) };
}

function categories(): TextColumn {
  const codes = Int32Array.from({ length: ROWS }, (_, i) => (i + Math.floor(i / 5)) % 3);
  return { kind: 'text', name: 'kind', codes, levels: ['a', 'b', 'c'], missing: 0 };
}

const TRAIN = Int32Array.from({ length: 400 }, (_, i) => i + Math.floor(i / 2));
const TEST = Int32Array.from({ length: 200 }, (_, i) => 3 * i + 2);

function cellsOf(design: Design): number[][] {
  return Array.from({ length: design.columns }, (_, j) => {
    const beta = new Float64Array(design.columns);
    beta[j] = 1;
    const eta = new Float64Array(design.rows);
    design.addPrediction(beta, eta);
    return [...eta];
  });
}

/** The features of these columns, with equal weights on the training rows. */
function learned(columns: readonly UsableColumn[]) {
  const w = new Float64Array(TRAIN.length).fill(1);
  const features = columns.flatMap((column) =>
    learnFeatures(column, TRAIN, w, 'mean').map((spec) => ({ spec, column })),
  );
  return { features, learning: { v: w.map(() => 1 / TRAIN.length), intercept: true, standardize: true } };
}

function laidOut(columns: readonly UsableColumn[]) {
  const { features, learning } = learned(columns);
  const train = layOutTraining(features, TRAIN, learning, engine);
  const test = train.layOut(features, TEST);
  return { train: cellsOf(train.design), standardization: train.standardization, test: cellsOf(test) };
}

/** The same, column by column. */
function byDefinition(columns: readonly UsableColumn[]) {
  const { features, learning } = learned(columns);
  const valuesOf = (rows: Int32Array) =>
    features.map(({ spec, column }) => featureValues(spec, column, rows));
  const [train, test] = [valuesOf(TRAIN), valuesOf(TEST)];
  const standardization = train.map((x) => learnStandardization(x, learning.v, learning));
  for (const part of [train, test]) part.forEach((x, j) => void standardizeInPlace(x, standardization[j]));
  return { train: train.map((x) => [...x]), standardization, test: test.map((x) => [...x]) };
}

describe('the layout of a table', () => {
  it('has the digits of its definition, wherever the columns are', () => {
    const at = (place: 'shared' | 'outside') => [
      numbers('x', 1, place),
      categories(),
      numbers('y', 2, place),
    ];
    const plain = byDefinition(at('outside'));
    expect(plain.train.length).to.equal(5);
    for (const place of ['shared', 'outside'] as const) expect(laidOut(at(place))).to.deep.equal(plain);
  });

  it('standardizes test rows by the training rows', () => {
    const { standardization, test } = laidOut([numbers('x', 3, 'shared')]);
    const { values } = numbers('x', 3, 'outside');
    const [{ centre, remainder, scale }] = standardization;
    const row = TEST.findIndex((i) => !Number.isNaN(values[i]));
    expect(test[0][row]).to.equal((values[TEST[row]] - centre - remainder) / scale);
  });
});
