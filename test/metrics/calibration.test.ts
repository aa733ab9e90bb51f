import { expect } from 'chai';
import { sigmoid } from '../../src/families/binomial.js';
import { calibration, calibrationBins } from '../../src/metrics/calibration.js';
import { fixture } from '../model/model-helpers.js';
import { normal } from '../solvers/random-problem.js';

const ones = (n: number) => new Float64Array(n).fill(1);

describe('calibration', () => {
  it('has the intercept and slope that R finds', async () => {
    // R 4.2.2: glm(low ~ e, binomial, weights = w) and glm(low ~ offset(e), ...) on fixtures/birthwt.csv with
    // e = -1.2 + 0.9 smoke + 0.5 ptl - 0.01 (lwt - 130) + 1.1 ht and w = 1 + i mod 3 (i from 1), epsilon = 1e-14.
    const table = await fixture('birthwt');
    const column = (name: string) => {
      const found = table.columns.find((candidate) => candidate.name === name);
      return found?.kind === 'numeric' ? found.values : expect.fail(name);
    };
    const [smoke, ptl, lwt, ht] = ['smoke', 'ptl', 'lwt', 'ht'].map(column);
    const eta = smoke.map(
      (_, i) => -1.2 + 0.9 * smoke[i] + 0.5 * ptl[i] - 0.01 * (lwt[i] - 130) + 1.1 * ht[i],
    );
    const w = eta.map((_, i) => 1 + ((i + 1) % 3));
    const found = calibration(column('low'), eta, eta.map(sigmoid), w);
    expect(found.intercept).to.be.closeTo(-0.193669193191303, 1e-9);
    expect(found.slope).to.be.closeTo(1.164949872228906, 1e-9);
  });

  it('finds probabilities right that are drawn by', () => {
    const random = normal(7);
    const eta = Float64Array.from({ length: 20_000 }, () => 2 * random());
    const y = eta.map((x) => (x > logistic(random) ? 1 : 0));
    const { bins, expectedCalibrationError, intercept, slope } = calibration(
      y,
      eta,
      eta.map(sigmoid),
      ones(y.length),
    );
    expect(bins.map(({ rows }) => rows)).to.deep.equal(new Array(10).fill(2000));
    expect(expectedCalibrationError).to.be.below(0.02);
    expect(intercept).to.be.closeTo(0, 0.1);
    expect(slope).to.be.closeTo(1, 0.06);
  });

  it('keeps equal probabilities together, whatever the order of the rows', () => {
    const p = Float64Array.from({ length: 50 }, (_, i) => (i % 3) / 4);
    const y = p.map((_, i) => (i % 5 === 0 ? 1 : 0));
    const bins = calibrationBins(y, p, ones(50));
    expect(bins.map(({ from, to }) => [from, to])).to.deep.equal([
      [0, 0],
      [0.25, 0.25],
      [0.5, 0.5],
    ]);
    expect(calibrationBins(y.slice().reverse(), p.slice().reverse(), ones(50))).to.deep.equal(bins);
  });

  it('weights the rows of a bin, in what was predicted, in what came, and in the error', () => {
    // Twenty rows by increasing probability, so two to a bin: y is 0 and 1 in turn, the weights are 1 and 3.
    const p = Float64Array.from({ length: 20 }, (_, i) => i / 32);
    const [y, w] = [p.map((_, i) => i % 2), p.map((_, i) => 1 + 2 * (i % 2))];
    const { bins, expectedCalibrationError } = calibration(y, p.map(Math.log), p, w);
    bins.forEach((bin, k) => {
      expect(bin).to.include({ rows: 2, weight: 4, observedRate: 3 / 4 });
      expect(bin.meanPredicted).to.equal((p[2 * k] + 3 * p[2 * k + 1]) / 4);
    });
    const last = calibrationBins(
      y,
      p,
      w.map((weight, i) => (i < 18 ? 0 : weight)),
    );
    expect(last.map(({ rows, observedRate }) => [rows, observedRate])).to.deep.equal([
      [1, 0],
      [1, 1],
    ]);
    const off = bins.map(({ observedRate, meanPredicted }) => Math.abs(observedRate - meanPredicted));
    expect(expectedCalibrationError).to.be.closeTo(off.reduce((a, b) => a + b) / 10, 1e-15);
  });

  it('does not say what the data do not: one class, separated classes, one probability', () => {
    const eta = Float64Array.of(-2, -1, 1, 2);
    const of = (y: number[], x = eta) => calibration(Float64Array.from(y), x, x.map(sigmoid), ones(4));
    expect(of([0, 0, 0, 0])).to.include({ intercept: null, slope: null });
    expect(of([0, 0, 1, 1]).slope).to.equal(null);
    expect(of([0, 1, 0, 1], new Float64Array(4)).slope).to.equal(null);
    expect(of([0, 1, 0, 1], new Float64Array(4)).intercept).to.be.closeTo(0, 1e-9);
  });
});

/** A logistic deviate, from the normal ones by their distribution function. */
function logistic(random: () => number): number {
  const z = random();
  // Abramowitz and Stegun (1964), 26.2.19: the normal distribution within 1.5e-7.
  const x = Math.abs(z);
  const d = [0.049867347, 0.0211410061, 0.0032776263, 0.0000380036, 0.0000488906, 0.000005383];
  const tail = 0.5 * (1 + d.reduce((sum, c, k) => sum + c * x ** (k + 1), 0)) ** -16;
  const u = z > 0 ? 1 - tail : tail;
  return Math.log(u / (1 - u));
}
