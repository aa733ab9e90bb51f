import { expect } from 'chai';
import type { FitOptions } from '../../src/options/options.js';
import { fitAll, fitAt, named, regression } from './fit-helpers.js';

const { x, y } = regression(40, 6, 1);
const classes = y.map((value) => (value > 2 ? 'yes' : 'no'));
const flip = [3, 11, 19, 27, 35];
const noisy = classes.map((c, i) => (flip.includes(i) ? (c === 'yes' ? 'no' : 'yes') : c));

const KINDS: [string, ArrayLike<number | string>, Partial<FitOptions>][] = [
  ['lasso', y, {}],
  ['ridge', y, { penalty: 'ridge' }],
  ['elastic net', y, { penalty: 'elasticnet' }],
  ['least squares', y, { penalty: 'none' }],
  ['logistic lasso', noisy, {}],
  ['logistic ridge', noisy, { penalty: 'ridge' }],
];

for (const [kind, target, options] of KINDS) {
  describe(`the ${kind} path`, () => {
    const eachPair = async (
      other: Parameters<typeof fitAll>[0],
      otherOptions: Partial<FitOptions>,
      compare: (a: number[], b: number[]) => void,
    ) => {
      const grid = { kind: 'grid', count: 5, minRatio: 0.01 } as const;
      const one = await fitAll(named(x, target), { ...options, lambda: grid });
      const two = await fitAll(other, { ...options, lambda: grid, ...otherOptions });
      expect(two.path.length).to.equal(one.path.length);
      one.path.forEach((point, k) => {
        expect(point.certified && two.path[k].certified).to.equal(true);
        compare([...point.coefficients], [...two.path[k].coefficients]);
      });
      return [one, two] as const;
    };

    it('divides coefficients where columns are multiplied, and changes nothing else', async () => {
      const scales = [1, 1e9, 1e-9, -3, 1000, 0.5];
      const scaled = x.map((c, j) => c.map((value) => value * scales[j]));
      const [one, two] = await eachPair(named(scaled, target), {}, (a, b) => {
        a.forEach((value, j) => {
          expect(b[j] * scales[j]).to.be.closeTo(value, 1e-6);
        });
      });
      expect(two.lambdaMax).to.be.closeTo(one.lambdaMax, 1e-12 * one.lambdaMax);
      expect(two.path.at(-1)!.l1Norm).to.be.closeTo(one.path.at(-1)!.l1Norm, 1e-6);
    });

    it('moves the intercept only where columns are shifted', async () => {
      const shifted = x.map((c, j) => c.map((value) => value + 100 * j));
      await eachPair(named(shifted, target), {}, (a, b) => {
        a.forEach((value, j) => {
          expect(b[j]).to.be.closeTo(value, 1e-6);
        });
      });
    });

    it('does not depend on the order of columns or of rows', async () => {
      await eachPair(named(x.toReversed(), target), {}, (a, b) => {
        b.reverse().forEach((value, j) => {
          expect(value).to.be.closeTo(a[j], 1e-6);
        });
      });
      const turned = x.map((c) => c.toReversed());
      await eachPair(named(turned, Array.from(target).toReversed()), {}, (a, b) => {
        a.forEach((value, j) => {
          expect(b[j]).to.be.closeTo(value, 1e-6);
        });
      });
    });

    it('does not depend on the scale of the weights, and a row without weight plays no part', async () => {
      const weights = { weights: 'w' };
      const w = y.map(() => 1e-7);
      await eachPair({ ...named(x, target), w }, weights, (a, b) => {
        a.forEach((value, j) => {
          expect(b[j]).to.be.closeTo(value, 1e-7);
        });
      });
      const wild = x.map((c, j) => [...c, 1e6 * (j + 1), 1e200]);
      const longer = [...Array.from(target), target[0], target[1]];
      await eachPair({ ...named(wild, longer), w: [...w, 0, 0] }, weights, (a, b) => {
        a.forEach((value, j) => {
          expect(b[j]).to.be.closeTo(value, 1e-7);
        });
      });
    });
  });
}

describe('a gaussian fit', () => {
  it('has an offset taken off the target', async () => {
    const offset = x[0].map((value) => 3 * value - 1);
    const moved = y.map((value, i) => value + offset[i]);
    const plain = await fitAt(named(x, y), 0.1);
    const with_ = await fitAt({ ...named(x, moved), o: offset }, 0.1, { offset: 'o' });
    expect(with_.intercept).to.be.closeTo(plain.intercept, 1e-9);
    plain.coefficients.forEach((b, j) => {
      expect(with_.coefficients[j]).to.be.closeTo(b, 1e-9);
    });
    expect((with_.train as { mse: number }).mse).to.be.closeTo((plain.train as { mse: number }).mse, 1e-9);
  });

  it('scales with its target, from the smallest to the largest numbers', async () => {
    const plain = await fitAt(named(x, y), 0.1);
    for (const unit of [1e-200, 1e-100, 1e100, 1e200]) {
      const scaled = named(
        x,
        y.map((value) => unit * value),
      );
      const point = await fitAt(scaled, 0.1 * unit);
      expect(point.certified).to.equal(true);
      plain.coefficients.forEach((b, j) => {
        expect(point.coefficients[j] / unit).to.be.closeTo(b, 1e-7);
      });
      for (const value of Object.values(point.train)) expect(value).not.to.be.NaN;
    }
  });

  it('passes through the weighted means', async () => {
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const { intercept, coefficients } = await fitAt(named(x, y), 0.3);
    const at = x.reduce((s, c, j) => s + coefficients[j] * mean(c), intercept);
    expect(at).to.be.closeTo(mean(y), 1e-12);
  });

  it('has no intercept where none is asked for', async () => {
    const point = await fitAt(named(x, y), 0.3, { intercept: false });
    expect(point.intercept).to.equal(0);
    expect(point.certified).to.equal(true);
  });

  it('solves the problem of the contract in units of the columns without standardization', async () => {
    // One column: b = soft(cov, lambda) / var.
    const [c] = x;
    const n = c.length;
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / n;
    const cov = mean(c.map((value, i) => (value - mean(c)) * (y[i] - mean(y))));
    const variance = mean(c.map((value) => (value - mean(c)) ** 2));
    const soft = Math.sign(cov) * Math.max(Math.abs(cov) - 0.02, 0);
    const point = await fitAt(named([c], y), 0.02, { standardize: false });
    expect(point.coefficients[0]).to.be.closeTo(soft / variance, 1e-12);
    const ridge = await fitAt(named([c], y), 0.02, { standardize: false, penalty: 'ridge' });
    expect(ridge.coefficients[0]).to.be.closeTo(cov / (variance + 0.02), 1e-12);
  });
});
