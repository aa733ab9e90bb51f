import { expect } from 'chai';
import { allColumns } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { RowKernel } from '../../../src/solvers/proximal-newton/row-kernel.js';
import { onKernels } from '../on-kernels.js';
import { type Drawn, draw } from '../random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const ROWS = 11;
const COLUMNS = 60;

/** Z_A C Z_A' x by its definition. */
function product({ z }: Drawn, columns: Int32Array, c: Float64Array, x: Float64Array): Float64Array {
  const out = new Float64Array(ROWS);
  columns.forEach((j, a) => {
    const along = z[j].reduce((s, value, i) => s + value * x[i], 0);
    for (let i = 0; i < ROWS; i++) out[i] += c[a] * along * z[j][i];
  });
  return out;
}

describe('the kernel matrix of changing columns', () => {
  const every = allColumns(COLUMNS);
  const factors = (scale: number) => (j: number) => scale / (1 + (j % 4));
  /** What is turned to in turn, and whether the matrix is made current, with the number of columns that it lacks before. */
  const TURNS = [
    { name: 'nothing is in it yet', columns: every, factor: factors(1), lacks: 60, update: true },
    {
      name: 'all factors change by one number',
      columns: every,
      factor: factors(7.3),
      lacks: 0,
      update: false,
    },
    {
      name: 'some leave',
      columns: every.filter((j) => j % 6 !== 0),
      factor: factors(0.2),
      lacks: 10,
      update: false,
    },
    {
      name: 'some are back',
      columns: every.filter((j) => j % 12 !== 0),
      factor: factors(3),
      lacks: 5,
      update: true,
    },
    {
      name: 'one does not follow the others',
      columns: every.filter((j) => j % 12 !== 0),
      factor: (j: number) => (j === 7 ? 1e4 : factors(50)(j)),
      lacks: 1,
      update: true,
    },
    { name: 'most leave', columns: every.subarray(20, 27), factor: factors(2), lacks: 7, update: true },
    { name: 'and others come', columns: every.subarray(25, 33), factor: factors(1), lacks: 8, update: false },
  ];

  for (const where of ['plain', 'compiled'] as const) {
    it(`is a multiple of what is kept, and the columns that it lacks: ${where}`, () => {
      const drawn = draw({ rows: ROWS, columns: COLUMNS, seed: 3 });
      const { design } = where === 'plain' ? drawn.problem : onKernels(drawn.problem, drawn.z, engine);
      const kernel = new RowKernel(design);
      const x = Float64Array.from({ length: ROWS }, (_, i) => Math.sin(i + 1));
      for (const { name, columns, factor, lacks, update } of TURNS) {
        const c = Float64Array.from(columns, factor);
        kernel.turnTo({ columns, c });
        expect(kernel.lacking.columns.length, name).to.equal(lacks);
        if (update) kernel.update();
        if (update) expect(kernel.lacking.columns.length).to.equal(0);
        const found = product(drawn, kernel.lacking.columns, kernel.lacking.c, x);
        kernel.addTimes(x, found);
        const wanted = product(drawn, columns, c, x);
        const size = Math.max(...wanted.map(Math.abs));
        found.forEach((value, i) => {
          expect(Math.abs(value - wanted[i]), name).to.be.below(1e-11 * size);
        });
      }
    });
  }
});
