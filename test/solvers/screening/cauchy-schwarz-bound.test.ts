import { expect } from 'chai';
import {
  byOne,
  byTwo,
  type Decomposed,
  product,
} from '../../../src/solvers/screening/cauchy-schwarz-bound.js';
import { normal } from '../random-problem.js';

const ROWS = 12;
const random = normal(11);
const vector = () => Float64Array.from({ length: ROWS }, random);
/** Weights, some of them 0; a row without weight has no residual. */
const v = vector().map((x, i) => (i % 5 === 0 ? 0 : x * x));
const residual = () => vector().map((x, i) => (v[i] > 0 ? x : 0));
const dot = (x: Float64Array, y: Float64Array) => x.reduce((s, value, i) => s + value * y[i], 0);
const norm = (x: Float64Array) => Math.sqrt(product(v, x, x));
const boundOf = ({ c, d, rest }: Decomposed, z: Float64Array, r: Float64Array, s: Float64Array) =>
  Math.abs(c * dot(z, r) + d * dot(z, s)) + rest * Math.sqrt(z.reduce((t, x, i) => t + v[i] * x * x, 0));

describe('a gradient bounded by those at known residuals', () => {
  it('is not beyond the bound, whatever the residual and the column', () => {
    for (let k = 0; k < 200; k++) {
      const [r, s, x, z] = [residual(), residual(), residual(), vector()];
      const size = Math.abs(dot(z, x)) * (1 - 1e-12);
      expect(boundOf(byOne(v, r, product(v, r, r), x), z, r, s)).to.be.at.least(size);
      expect(boundOf(byTwo(v, r, s, x), z, r, s)).to.be.at.least(size);
    }
  });

  it('is exact for a combination of what is known', () => {
    const [r, s] = [residual(), residual()];
    const x = r.map((value, i) => 0.7 * value - 0.2 * s[i]);
    const found = byTwo(v, r, s, x);
    expect(found.c).to.be.closeTo(0.7, 1e-12);
    expect(found.d).to.be.closeTo(-0.2, 1e-12);
    expect(found.rest).to.be.below(1e-12);
    const half = byOne(
      v,
      r,
      product(v, r, r),
      r.map((value) => value / 2),
    );
    expect([half.c, half.d]).to.deep.equal([0.5, 0]);
    expect(half.rest).to.be.below(1e-12);
  });

  it('leaves the least rest that a multiple of one can leave', () => {
    const [r, x] = [residual(), residual()];
    const { c, rest } = byOne(v, r, product(v, r, r), x);
    const left = (t: number) => norm(x.map((value, i) => value - t * r[i]));
    expect(rest).to.be.closeTo(left(c), 1e-12);
    for (const t of [c - 0.01, c + 0.01]) expect(left(t)).to.be.above(rest);
  });

  it('takes the first alone of two that are parallel, and nothing of a residual that is 0', () => {
    const [r, x] = [residual(), residual()];
    const twice = r.map((value) => 2 * value);
    expect(byTwo(v, r, twice, x)).to.deep.equal(byOne(v, r, product(v, r, r), x));
    const none = new Float64Array(ROWS);
    expect(byTwo(v, none, none, x)).to.deep.equal({ c: 0, d: 0, rest: norm(x) });
  });
});
