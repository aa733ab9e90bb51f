import { expect } from 'chai';
import { fitAt } from './fit-helpers.js';

// NIST Statistical Reference Datasets, Longley (Longley 1967, JASA 62, 819-841): y, then x1 .. x6.
const ROWS = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

const CERTIFIED = [
  -3482258.63459582, 15.0618722713733, -0.35819179292591e-1, -2.02022980381683, -1.03322686717359,
  -0.511041056535807e-1, 1829.15146461355,
];
const RESIDUAL_DEVIATION = 304.854073561965;

describe('the Longley data of NIST', () => {
  for (const standardize of [true, false]) {
    it(`are fitted to ten digits of the certified values, ${standardize ? 'standardized' : 'as they are'}`, async () => {
      const columns = Object.fromEntries(
        ['y', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6'].map((name, j) => [name, ROWS.map((row) => row[j])]),
      );
      const point = await fitAt(columns, 0, { penalty: 'none', standardize });
      expect(point.certified).to.equal(true);
      expect(point.df).to.equal(6);
      [point.intercept, ...point.coefficients].forEach((b, j) => {
        expect(Math.abs(b / CERTIFIED[j] - 1)).to.be.below(1e-10);
      });
      const { mse } = point.train as { mse: number };
      expect(Math.sqrt((mse * 16) / 9) / RESIDUAL_DEVIATION).to.be.closeTo(1, 1e-12);
    });
  }
});
