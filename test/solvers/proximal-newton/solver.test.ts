import { expect } from 'chai';
import { logSpaced } from '../../../src/path/lambda-grid.js';
import { Engine } from '../../../src/runtime/engine.js';
import { float32ErrorBound, precisionFor } from '../../../src/solvers/precision.js';
import { proximalNewton } from '../../../src/solvers/proximal-newton/solver.js';
import type { Solution } from '../../../src/solvers/solver.js';
import { violation } from '../by-definition.js';
import { onKernels } from '../on-kernels.js';
import { draw, PLAIN } from '../random-problem.js';

const engine = new Engine(2).startThreads();
after(() => engine.close());

const GRID = logSpaced(0.2, 1e-3, 60);

describe('a path of proximal Newton whose last steps may be left untested', () => {
  const drawn = draw({
    ...PLAIN,
    family: 'binomial',
    rows: 400,
    columns: 12,
    columnsAre: 'correlated',
    offset: true,
  });
  const aim = 3e-7 * drawn.problem.gradientScale;

  it('meets the optimality conditions', () => {
    const solver = proximalNewton(drawn.problem);
    let warm: Solution | null = null;
    for (const lambda of GRID) {
      warm = solver.solve(lambda, warm, { violation: aim, maxIterations: 1000, untested: true });
      expect(violation(drawn, lambda, warm)).to.be.below(1e-6);
    }
  });

  it('costs fewer passes over the data', () => {
    const { design } = drawn.problem;
    const passes = (untested: boolean) => {
      let count = 0;
      const counting = Object.create(design, {
        addPrediction: {
          value: (...of: Parameters<typeof design.addPrediction>) => {
            count++;
            design.addPrediction(...of);
          },
        },
      });
      const solver = proximalNewton({ ...drawn.problem, design: counting });
      let warm: Solution | null = null;
      for (const lambda of GRID) {
        warm = solver.solve(lambda, warm, { violation: aim, maxIterations: 1000, untested });
      }
      return count;
    };
    expect(passes(true)).to.be.below(passes(false));
  });

  it('goes on from a solution that was not tested, to any accuracy and from any other point', () => {
    const solver = proximalNewton(drawn.problem);
    const loose = { violation: aim, maxIterations: 1000, untested: true };
    const tight = { violation: 1e-12, maxIterations: 1000 };
    let warm: Solution | null = null;
    const found = GRID.map((lambda) => {
      warm = solver.solve(lambda, warm, loose);
      return warm;
    });
    for (const k of [59, 30, 59]) {
      const refined = solver.solve(GRID[k], found[k], tight);
      expect(violation(drawn, GRID[k], refined)).to.be.below(1e-11);
    }
  });
});

describe('proximal Newton asked for more than rounding allows', () => {
  it('still lets in every column that violates', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const drawn = draw({ ...PLAIN, family: 'binomial', rows: 30, columns: 440, l1Ratio: 0.5, seed });
      const solver = proximalNewton(onKernels(drawn.problem, drawn.z, engine));
      const stopping = { violation: 1e-14 * drawn.problem.gradientScale, maxIterations: 100_000 };
      let warm: Solution | null = null;
      for (let k = 0; k < 8; k++) {
        const lambda = 0.3 * 0.37 ** k;
        warm = solver.solve(lambda, warm, stopping);
        expect(violation(drawn, lambda, warm), `seed ${seed}, lambda ${lambda}`).to.be.below(1e-9);
      }
    }
  });
});

describe('a path of proximal Newton in single precision', () => {
  const drawn = draw({ ...PLAIN, family: 'binomial', rows: 3000, columns: 12, columnsAre: 'correlated' });
  const rounding = float32ErrorBound(onKernels(drawn.problem, drawn.z, engine));

  it('is taken where rounding is far below the aim', () => {
    expect(precisionFor(rounding, 4 * rounding)).to.equal('single');
    expect(precisionFor(rounding, 3 * rounding)).to.equal('double');
    expect(float32ErrorBound(drawn.problem)).to.equal(Infinity);
  });

  it('meets the optimality conditions, and goes on in double precision to the last digit', () => {
    const solver = proximalNewton(onKernels(drawn.problem, drawn.z, engine));
    const loose = { violation: 5 * rounding, maxIterations: 1000, untested: true };
    let warm: Solution | null = null;
    for (const lambda of GRID) {
      warm = solver.solve(lambda, warm, loose);
      expect(violation(drawn, lambda, warm)).to.be.below((20 * rounding) / drawn.problem.gradientScale);
      const exact = solver.solve(lambda, warm, { violation: 1e-13, maxIterations: 1000 });
      expect(violation(drawn, lambda, exact)).to.be.below(1e-11);
    }
  });

  for (const columnsAre of ['duplicated', 'one-hot'] as const) {
    it(`needs no more steps where columns are ${columnsAre}`, () => {
      const dependent = draw({ ...PLAIN, family: 'binomial', rows: 3000, columns: 12, columnsAre });
      const solver = proximalNewton(onKernels(dependent.problem, dependent.z, engine));
      let warm: Solution | null = null;
      for (const lambda of GRID) {
        warm = solver.solve(lambda, warm, { violation: 5 * rounding, maxIterations: 100, untested: true });
        expect(warm.iterations).to.be.below(12);
        // The last step is not tested: what it leaves is an estimate, which the certificate of the path holds against the data.
        expect(violation(dependent, lambda, warm)).to.be.below(
          (30 * rounding) / dependent.problem.gradientScale,
        );
      }
    });
  }
});
