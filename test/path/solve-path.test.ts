import { expect } from 'chai';
import { errorsAt } from '../../src/design/evaluate-points.js';
import { isUnpenalised, penalisedSolver, unpenalisedSolver } from '../../src/path/choose-solver.js';
import { logSpaced } from '../../src/path/lambda-grid.js';
import { solvePath } from '../../src/path/solve-path.js';
import { Engine } from '../../src/runtime/engine.js';
import { onKernels } from '../solvers/on-kernels.js';
import { draw } from '../solvers/random-problem.js';

const PATH = { tolerance: 1e-6, maxIterations: 100_000 };

describe('solvePath', () => {
  it('returns every lambda asked for, in order, and reports each', () => {
    const seen: [number, number][] = [];
    const { problem } = draw({ seed: 2 });
    const path = solvePath(problem, [1, 0.5, 0], { ...PATH, onProgress: (...at) => seen.push(at) });
    expect(path.map(({ lambda }) => lambda)).to.deep.equal([1, 0.5, 0]);
    expect(seen).to.deep.equal([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('does not certify what it had no time to solve, and goes on', () => {
    const { problem } = draw({ seed: 2, columns: 12, columnsAre: 'correlated', family: 'binomial' });
    const path = solvePath(problem, [0.01, 1e-4], { tolerance: 1e-9, maxIterations: 1 });
    expect(path.map(({ certified }) => certified)).to.deep.equal([false, false]);
    for (const { kkt, iterations } of path) {
      expect(kkt).to.be.above(1e-9);
      expect(iterations).to.equal(1);
    }
  });

  it('leaves nothing in the memory of the kernels where a solution costs passes', () => {
    const engine = new Engine(1);
    for (const family of ['gaussian', 'binomial'] as const) {
      const { problem, z } = draw({ seed: 4, family, rows: 20, columns: 90 });
      const shared = onKernels(problem, z, engine);
      const before = engine.wasm.allocate(8);
      const path = solvePath(shared, [0.2, 0.1, 0.05], PATH);
      for (const { certified } of path) expect(certified).to.equal(true);
      expect(engine.wasm.allocate(8) - before).to.be.below(256);
    }
    engine.close();
  });

  it('sums a problem up once where nothing is sent back', () => {
    const engine = new Engine(1);
    const { problem, z } = draw({ seed: 4, family: 'gaussian', rows: 20, columns: 90, l1Ratio: 0 });
    const shared = onKernels(problem, z, engine);
    let asked = 0;
    const design = Object.create(shared.design, {
      outerGram: {
        value: (scale: Float64Array) => {
          asked++;
          return shared.design.outerGram(scale);
        },
      },
    });
    const path = solvePath({ ...shared, design }, [0.2, 0.1, 0.05], PATH);
    for (const { certified } of path) expect(certified).to.equal(true);
    expect(asked).to.equal(1);
    engine.close();
  });

  it('reaches tolerances near rounding', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const { problem } = draw({ seed: 9, family, columnsAre: 'correlated' });
      const path = solvePath(problem, [0.1, 0.01], { ...PATH, tolerance: 1e-12 });
      for (const { kkt } of path) expect(kkt).to.be.below(1e-12);
    }
  });
});

describe('errors that come with certificates', () => {
  it('are those of each solution, of one that was sent back too', () => {
    const engine = new Engine(1);
    for (const family of ['gaussian', 'binomial'] as const) {
      const { problem, z } = draw({ seed: 5, rows: 300, columns: 9, family, columnsAre: 'correlated' });
      const compiled = onKernels(problem, z, engine);
      const errorWeights = problem.v.map((_, i) => i % 3);
      // A tolerance below rounding: every solution is sent back, and some come back better.
      const path = solvePath(compiled, logSpaced(0.3, 1e-4, 12), {
        tolerance: 1e-17,
        maxIterations: 100,
        errors: { w: errorWeights, ranked: true },
      });
      const { design, y, offset } = compiled;
      const rows = { family, design, y, offset, w: errorWeights };
      expect(path.map(({ errors }) => errors)).to.deep.equal(errorsAt(rows, path));
    }
    engine.close();
  });

  it('do not come unasked, or without compiled kernels', () => {
    const engine = new Engine(1);
    const { problem, z } = draw({ seed: 5 });
    const [unasked] = solvePath(onKernels(problem, z, engine), [0.1], PATH);
    const [plain] = solvePath(problem, [0.1], { ...PATH, errors: { w: problem.v, ranked: true } });
    expect([unasked.errors, plain.errors]).to.deep.equal([null, null]);
    engine.close();
  });
});

describe('the solver of a path', () => {
  it('follows family, penalty, shape and bounds', () => {
    const named = (spec: Parameters<typeof draw>[0]) =>
      penalisedSolver(draw({ seed: 4, ...spec }).problem).name;
    const wide = { rows: 8, columns: 20 };
    expect(named({ l1Ratio: 0 })).to.equal('ridge');
    expect(named({ l1Ratio: 0, ...wide })).to.equal('ridge-by-rows');
    expect(named({ l1Ratio: 0, bounds: 'nonnegative' })).to.equal('gram-path');
    expect(named({ l1Ratio: 1 })).to.equal('gram-path');
    expect(named({ l1Ratio: 1, ...wide })).to.equal('working-set-path');
    expect(named({ l1Ratio: 0.5, ...wide })).to.equal('working-set-path');
    expect(named({ l1Ratio: 0, bounds: 'nonnegative', ...wide })).to.equal('proximal-newton');
    expect(named({ l1Ratio: 0, bounds: 'nonnegative', rows: 12, columns: 24 })).to.equal('gram-path');
    expect(named({ l1Ratio: 0, family: 'binomial' })).to.equal('quasi-newton');
    expect(named({ l1Ratio: 0, family: 'binomial', ...wide })).to.equal('quasi-newton-by-rows');
    expect(named({ l1Ratio: 0, family: 'binomial', bounds: 'nonnegative', ...wide })).to.equal(
      'proximal-newton',
    );
  });

  it('is another one where nothing is penalised', () => {
    const { problem } = draw({ seed: 4 });
    expect(isUnpenalised(problem, 0)).to.equal(true);
    expect(isUnpenalised(problem, 1e-300)).to.equal(false);
    expect(
      isUnpenalised({ ...problem, penalty: { ...problem.penalty, factor: new Float64Array(5) } }, 1),
    ).to.equal(true);
    expect(unpenalisedSolver(problem).name).to.equal('least-squares');
    expect(unpenalisedSolver(draw({ seed: 4, family: 'binomial' }).problem).name).to.equal(
      'maximum-likelihood',
    );
    expect(unpenalisedSolver(draw({ seed: 4, bounds: 'nonnegative' }).problem).name).to.equal('gram-path');
  });
});
