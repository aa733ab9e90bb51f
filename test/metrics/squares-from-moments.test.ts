import { expect } from 'chai';
import { SharedBlocks } from '../../src/design/blocks.js';
import { errorsAt } from '../../src/design/evaluate-points.js';
import { squaresBySums } from '../../src/metrics/squares-from-moments.js';
import { Engine } from '../../src/runtime/engine.js';
import type { Part } from '../../src/setup/read-parts.js';
import { normal } from '../solvers/random-problem.js';

const ROWS = 301;
const COLUMNS = 5;

/** Rows whose target is a linear function and noise, and models near it. */
function drawn(engine: Engine, noise: number, far: number) {
  const random = normal(5);
  const z = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: ROWS }, random));
  const design = SharedBlocks.layOut(engine, ROWS, COLUMNS, (j, from, out) =>
    out.set(z[j].subarray(from, from + out.length)),
  );
  const truth = Float64Array.from({ length: COLUMNS }, random);
  const offset = Float64Array.from({ length: ROWS }, random);
  const y = offset.map((o, i) => o + far + z.reduce((s, c, j) => s + truth[j] * c[i], 0) + noise * random());
  const w = Float64Array.from({ length: ROWS }, (_, i) => i % 3);
  const points = Array.from({ length: 9 }, (_, k) => ({
    intercept: far,
    beta: truth.map((b, j) => (j <= k ? (b * k) / 8 : 0)),
  }));
  return { design, part: { y, w, offset } as Part, points };
}

describe('squaresBySums', () => {
  it('has the squared errors of the predictions, with weights, offsets and a target far from 0', () => {
    const engine = new Engine(1);
    for (const far of [0, 1e6]) {
      const { design, part, points } = drawn(engine, 0.5, far);
      const expected = errorsAt({ family: 'gaussian', design, ...part }, points);
      const actual = squaresBySums(design, part, points);
      expect(actual).to.have.length(points.length);
      actual?.forEach(({ sums: [squares] }, k) => {
        expect(squares).to.be.closeTo(expected[k].sums[0], 1e-9 * expected[k].sums[0]);
      });
    }
    engine.close();
  });

  it('leaves predictions to the rows that are nearly perfect, and points that are too few or too sparse to sum up for', () => {
    const engine = new Engine(1);
    const perfect = drawn(engine, 1e-9, 0);
    expect(squaresBySums(perfect.design, perfect.part, perfect.points)).to.equal(null);
    const noisy = drawn(engine, 0.5, 0);
    expect(squaresBySums(noisy.design, noisy.part, noisy.points.slice(0, 3))).to.equal(null);
    const empty = noisy.points.map((point) => ({ ...point, beta: new Float64Array(COLUMNS) }));
    expect(squaresBySums(noisy.design, noisy.part, empty)).to.equal(null);
    engine.close();
  });
});
