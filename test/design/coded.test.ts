import { expect } from 'chai';
import { CodedDesign } from '../../src/design/coded.js';
import { sumsByPlace } from '../../src/linalg/steady-sums.js';
import { Engine } from '../../src/runtime/engine.js';

const engine = new Engine(1);
after(() => engine.close());

describe('design kept as codes', () => {
  it('has products whose columns depend on each other to the last digits: all levels of a column together say nothing', () => {
    const rows = 100_000;
    const levels = [300, 2];
    const w = new Float64Array(rows).fill(1 / rows);
    const texts = levels.map((count) => {
      const codes = Int32Array.from({ length: rows }, (_, i) => Math.floor((i * i) / 8) % count);
      const centre = sumsByPlace(codes, count, w);
      return { codes, centre, scale: centre.map((share) => Math.sqrt(share * (1 - share))) };
    });
    const list = levels.flatMap((count, part) => Array.from({ length: count }, (_, place) => [part, place]));
    const design = new CodedDesign(
      {
        ...{ rows, numbers: [], texts },
        partOf: Int32Array.from(list, ([part]) => part),
        placeOf: Int32Array.from(list, ([, place]) => place),
      },
      engine,
    );
    const all = Int32Array.from(list, (_, j) => j);
    const gram = design.gram(w, all);
    const scales = list.map(([part, place]) => texts[part].scale[place]);
    for (const part of [0, 1]) {
      const size = list.length;
      for (let k = 0; k < size; k++) {
        const members = list.map(([of], j) => (of === part ? scales[j] * gram[j * size + k] : 0));
        expect(members.reduce((a, b) => a + b)).to.be.closeTo(0, 1e-14);
      }
    }
  });
});
