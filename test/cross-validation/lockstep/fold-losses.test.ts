import { expect } from 'chai';
import { BlocksByFold } from '../../../src/cross-validation/lockstep/blocks-by-fold.js';
import { type FoldLosses, foldLosses } from '../../../src/cross-validation/lockstep/fold-losses.js';
import { Blocks } from '../../../src/design/blocks.js';
import { binomial } from '../../../src/families/binomial.js';
import { gaussian } from '../../../src/families/gaussian.js';
import type { Problem } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { float32ErrorBound } from '../../../src/solvers/precision.js';
import { onKernels } from '../../solvers/on-kernels.js';
import { draw, uniform } from '../../solvers/random-problem.js';

/** Deals rows to folds of the given sizes, in a random order. */
function deal(sizes: readonly number[], seed: number): Int32Array[] {
  const chance = uniform(seed);
  const rows = sizes.flatMap((size, fold) => new Array<number>(size).fill(fold));
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return sizes.map((_, fold) => Int32Array.from(rows.keys()).filter((i) => rows[i] === fold));
}

function drawn(rows: number, columns: number, seed: number, family: 'binomial' | 'gaussian' = 'binomial') {
  const { problem, z } = draw({ seed, rows, columns, family, weights: 'some zero', offset: true });
  const chance = uniform(seed);
  const points = Array.from({ length: 30 }, (_, k) => ({
    intercept: chance() - 0.5,
    beta: Float64Array.from({ length: columns }, (__, j) => ((j + k) % 3 === 0 ? 0 : chance() - 0.5)),
  }));
  return { problem, z, points };
}

/** Loss, gradient and residual sum over some rows, by the definition. */
function byDefinition({ y, v, offset }: Problem, z: readonly Float64Array[], rows: readonly number[]) {
  return ({ intercept, beta }: { intercept: number; beta: Float64Array }) => {
    const pick = (x: Float64Array) => Float64Array.from(rows, (i) => x[i]);
    const eta = Float64Array.from(rows, (i) =>
      z.reduce((s, column, j) => s + beta[j] * column[i], offset[i] + intercept),
    );
    const residual = new Float64Array(rows.length);
    binomial.residual(pick(y), eta, pick(v), residual);
    return {
      gradient: Float64Array.from(z, (column) => residual.reduce((s, r, i) => s + r * column[rows[i]], 0)),
      interceptGradient: residual.reduce((s, r) => s + r, 0),
      loss: binomial.loss(pick(y), eta, pick(v)),
    };
  };
}

function expectClose(actual: Float64Array | number, expected: Float64Array | number, what: string): void {
  const [a, b] = [actual, expected].map((x) => (typeof x === 'number' ? [x] : [...x]));
  expect(a.length).to.equal(b.length);
  // Weights sum to 1, cells are of size 1 and residuals below 1: sums of a few thousand terms of that size.
  a.forEach((x, k) => {
    expect(x, `${what}, ${k}`).to.be.closeTo(b[k], 1e-13);
  });
}

describe('the losses of folds', () => {
  it('are sums over the rows of each fold, and over all others', () => {
    const { problem, z, points } = drawn(60, 4, 3);
    const folds = deal([13, 1, 20, 26], 5);
    const losses = foldLosses(problem, folds) as FoldLosses;
    const own = folds.map((rows) => byDefinition(problem, z, [...rows]));
    const others = folds.map((_, fold) => folds.flatMap((rows, k) => (k === fold ? [] : [...rows])));
    losses.gradients(points).forEach((parts, k) => {
      parts.forEach(({ gradient, interceptGradient }, fold) => {
        const expected = own[fold](points[k]);
        expectClose(gradient, expected.gradient, 'gradient');
        expectClose(interceptGradient, expected.interceptGradient, 'interceptGradient');
      });
    });
    const wanted = [2, 0, 3, 1, 2].map((fold, k) => ({ ...points[k], fold }));
    losses.evaluate(wanted).forEach(({ gradient, interceptGradient, heldLoss }, k) => {
      const { fold } = wanted[k];
      const expected = byDefinition(problem, z, others[fold])(wanted[k]);
      expectClose(gradient, expected.gradient, 'gradient of the rest');
      expectClose(interceptGradient, expected.interceptGradient, 'interceptGradient of the rest');
      expectClose(heldLoss, own[fold](wanted[k]).loss, 'held loss');
    });
  });

  describe('by the compiled kernels', () => {
    const engine = new Engine(1);
    after(() => engine.close());
    /** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
    const poison = () => engine.wasm.scoped(() => engine.wasm.doubles(1 << 20).fill(Number.NaN));

    for (const sizes of [
      [1, 2],
      [255, 256, 257],
      [513, 400, 300, 512],
      [150, 160, 170, 180, 190, 200, 210, 220, 230, 240, 250],
    ]) {
      it(`are those of the reference: folds of ${sizes.join(', ')} rows`, () => {
        const count = sizes.reduce((a, b) => a + b, 0);
        for (const columns of [1, 4, 9]) {
          const { problem, z, points } = drawn(count, columns, count + columns);
          const folds = deal(sizes, 9);
          const reference = foldLosses(problem, folds) as FoldLosses;
          const fill = (j: number, from: number, out: Float64Array) => {
            out.set(z[j].subarray(from, from + out.length));
          };
          const design = Blocks.layOut(engine, count, columns, fill, false);
          poison();
          const compiled = new BlocksByFold(design, folds, problem);
          poison();
          const expected = reference.gradients(points);
          compiled.gradients(points).forEach((parts, k) => {
            parts.forEach(({ gradient, interceptGradient }, fold) => {
              expectClose(gradient, expected[k][fold].gradient, 'gradient');
              expectClose(interceptGradient, expected[k][fold].interceptGradient, 'interceptGradient');
            });
          });
          for (const many of [1, 4, sizes.length]) {
            const wanted = points
              .slice(0, many)
              .map((point, k) => ({ ...point, fold: (k * 7) % sizes.length }));
            poison();
            const same = reference.evaluate(wanted);
            compiled.evaluate(wanted).forEach(({ gradient, interceptGradient, heldLoss }, k) => {
              expectClose(gradient, same[k].gradient, 'gradient of the rest');
              expectClose(interceptGradient, same[k].interceptGradient, 'interceptGradient of the rest');
              expectClose(heldLoss, same[k].heldLoss, 'held loss');
            });
          }
          const subset = Int32Array.from({ length: columns }, (_, j) => j).filter((j) => j % 3 !== 1);
          poison();
          const [grams, products] = [compiled.grams(problem.v, subset), compiled.products(problem.y, subset)];
          const size = subset.length;
          folds.forEach((_, fold) => {
            const gram = reference.grams(problem.v, subset)[fold];
            for (let a = 0; a < size; a++) {
              const row = (x: Float64Array) => x.slice(a * size, a * size + a + 1);
              expectClose(row(grams[fold]), row(gram), 'gram');
            }
            const product = reference.products(problem.y, subset)[fold];
            products[fold].forEach((x, a) => {
              expect(x).to.be.closeTo(product[a], 1e-10);
            });
          });
        }
      });
    }

    for (const sizes of [[1, 2], [255, 256, 257], new Array<number>(10).fill(1500)]) {
      it(`are right to the rounding of singles: folds of ${sizes.join(', ')} rows`, () => {
        const count = sizes.reduce((a, b) => a + b, 0);
        for (const columns of [1, 6]) {
          const { problem, z, points } = drawn(count, columns, count + columns);
          const folds = deal(sizes, 9);
          const on = onKernels(problem, z, engine);
          const narrow = columns <= count;
          poison();
          const compiled = new BlocksByFold(on.design, folds, problem, 'single');
          const bound = narrow ? 2 * float32ErrorBound(on) : 1e-6;
          for (const many of [1, 4, sizes.length]) {
            const wanted = points.slice(0, many).map(({ intercept, beta }, k) => ({
              intercept: Math.fround(intercept),
              beta: beta.map(Math.fround),
              fold: (k * 7) % sizes.length,
            }));
            poison();
            const expected = (foldLosses(problem, folds) as FoldLosses).evaluate(wanted);
            compiled.evaluate(wanted).forEach(({ gradient, interceptGradient, heldLoss }, k) => {
              [...gradient, interceptGradient, heldLoss].forEach((x, j) => {
                expect(x).to.be.closeTo(
                  [...expected[k].gradient, expected[k].interceptGradient, expected[k].heldLoss][j],
                  bound,
                );
              });
            });
          }
        }
      });
    }

    it('are left alone where most rows would be filled in, or the family has no kernel', () => {
      const { problem, z } = drawn(700, 2, 1);
      const fill = (j: number, from: number, out: Float64Array) => {
        out.set(z[j].subarray(from, from + out.length));
      };
      const design = Blocks.layOut(engine, 700, 2, fill);
      expect(foldLosses({ ...problem, design }, deal(new Array(100).fill(7), 1))).to.equal(null);
      const linear = { ...problem, design, family: gaussian };
      expect(foldLosses(linear, deal([350, 350], 1))).to.equal(null);
    });
  });
});
