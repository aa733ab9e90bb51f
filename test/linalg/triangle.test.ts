import { expect } from 'chai';
import { Triangle } from '../../src/linalg/triangle.js';
import { Engine } from '../../src/runtime/engine.js';
import { PlainTriangle } from '../reference/triangle.js';
import { normal } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const TWINS = { reference: () => new PlainTriangle(), compiled: () => new Triangle(engine.wasm) };

/** A triangle with a diagonal away from 0, NaN wherever nothing may be read. */
function filled(make: () => Triangle | PlainTriangle, size: number): Triangle | PlainTriangle {
  const random = normal(size);
  const triangle = make();
  triangle.reserve(size, 0);
  triangle.data.fill(Number.NaN);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) triangle.data[i * triangle.stride + k] = random() / size;
    triangle.data[i * triangle.stride + i] = 2 + random() / 4;
  }
  return triangle;
}

for (const [name, make] of Object.entries(TWINS)) {
  describe(`a triangle, ${name}`, () => {
    for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 33, 70]) {
      // Substitution solves a system off by at most size u |L| (Higham 2002, theorem 8.5).
      it(`solves L x = b and L' x = b (${size} rows)`, () => {
        const triangle = filled(make, size);
        const { data, stride } = triangle;
        const random = normal(size + 1);
        const b = Array.from({ length: size }, random);
        for (const transpose of [false, true]) {
          const x = triangle.work.subarray(0, size);
          x.set(b);
          if (transpose) triangle.backward(x);
          else triangle.forward(x);
          b.forEach((value, i) => {
            let sum = 0;
            let magnitude = Math.abs(value);
            for (let k = 0; k < size; k++) {
              if (transpose ? k < i : k > i) continue;
              const term = (transpose ? data[k * stride + i] : data[i * stride + k]) * x[k];
              sum += term;
              magnitude += Math.abs(term);
            }
            expect(Math.abs(sum - value)).to.be.at.most((size + 2) * Number.EPSILON * magnitude);
          });
        }
      });
    }

    it('keeps its rows when it grows, and touches nothing beyond the rows it solves with', () => {
      const triangle = filled(make, 5);
      const before = Array.from({ length: 5 }, (_, i) =>
        Array.from(triangle.data.subarray(i * triangle.stride, i * triangle.stride + i + 1)),
      );
      triangle.reserve(100, 5);
      before.forEach((row, i) => {
        expect(
          Array.from(triangle.data.subarray(i * triangle.stride, i * triangle.stride + i + 1)),
        ).to.deep.equal(row);
      });
      triangle.work.fill(7);
      triangle.forward(triangle.work.subarray(0, 5));
      triangle.backward(triangle.work.subarray(0, 5));
      expect(triangle.work.subarray(5).every((x) => x === 7)).to.equal(true);
    });
  });
}
