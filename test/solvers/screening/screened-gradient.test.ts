import { expect } from 'chai';
import { type LossState, lossState } from '../../../src/problem/loss-state.js';
import { ScreenedGradient } from '../../../src/solvers/screening/screened-gradient.js';
import { type Drawn, draw, normal, type ProblemSpec } from '../random-problem.js';

const NONE = new Int32Array(0);

/** A walk that slows down, as solutions along a path do, and what it has cost. */
function walk(drawn: Drawn, strengthOf: (largest: number) => number) {
  const { problem } = drawn;
  const random = normal(4);
  const state = lossState(problem);
  const beta = new Float64Array(problem.design.columns);
  state.reset(0, beta);
  let evaluated = 0;
  const counting: LossState = {
    ...state,
    rowResiduals: () => state.rowResiduals(),
    gradientOf(columns, out) {
      evaluated += columns.length;
      state.gradientOf(columns, out);
    },
  };
  const screened = new ScreenedGradient(problem, counting);
  const truth = new Float64Array(beta.length);
  for (let k = 0; k < 40; k++) {
    for (let j = 0; j < 4; j++) beta[j] += (0.2 * random()) / (1 + k);
    state.reset(0.01 * random(), beta);
    state.fullGradient(truth);
    screened.moved(NONE, truth);
    const strength = strengthOf(truth.reduce((most, g) => Math.max(most, Math.abs(g)), 0));
    screened.computeAbove(strength);
    const { factor, l1Ratio } = problem.penalty;
    truth.forEach((g, j) => {
      if (screened.isKnown(j)) expect(screened.values[j]).to.equal(g);
      else expect(Math.abs(g)).to.be.below(strength * l1Ratio * factor[j]);
    });
    const none = new Uint8Array(beta.length);
    expect([...screened.reaching(none, 0, beta)]).to.deep.equal(
      [...beta.keys()].filter((j) => screened.isKnown(j)),
    );
  }
  return evaluated / beta.length;
}

const WIDE = { rows: 20, columns: 300, l1Ratio: 0.8 } as const;

describe('the screened gradient', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`is known and right wherever it reaches the threshold: ${family}`, () => {
      const specs: Partial<ProblemSpec>[] = [
        { ...WIDE, family },
        { ...WIDE, family, weights: 'some zero', factor: 'some zero', standardize: false, offset: true },
        { ...WIDE, family, columnsAre: 'correlated', intercept: false },
        { family, rows: 40, columns: 6 },
      ];
      for (const spec of specs) for (const share of [0, 0.5, 0.9]) walk(draw(spec), (most) => share * most);
    });
  }

  it('looks at few columns where few can reach the threshold', () => {
    expect(walk(draw(WIDE), (most) => 0.9 * most)).to.be.below(20);
    expect(walk(draw(WIDE), () => 0)).to.equal(40);
  });

  it('is right at strengths that rise and fall', () => {
    let calls = 0;
    for (const factor of ['some zero', 'one'] as const) {
      const spec = factor === 'one' ? WIDE : { ...WIDE, factor, standardize: false };
      walk(draw(spec), (most) => [0.9, 0.3, 0.6, 1.5, 0.8, 0.1][calls++ % 6] * most);
    }
  });

  it('knows what is not penalised at any strength', () => {
    const { problem } = draw({ ...WIDE, factor: 'some zero' });
    const state = lossState(problem);
    state.reset(0, new Float64Array(300));
    const screened = new ScreenedGradient(problem, state);
    screened.computeAbove(0);
    for (const strength of [Infinity, 1e9, Infinity]) {
      screened.moved(NONE, new Float64Array(0));
      screened.computeAbove(strength);
      problem.penalty.factor.forEach((f, j) => {
        if (f === 0) expect(screened.isKnown(j)).to.equal(true);
      });
    }
  });

  it('takes what a step has shown, until the point moves on', () => {
    const { problem } = draw(WIDE);
    const screened = new ScreenedGradient(problem, lossState(problem));
    screened.moved(Int32Array.of(7, 3), Float64Array.of(0.5, -0.25, 9));
    const { l1Ratio, factor } = problem.penalty;
    const zeros = new Float64Array(300);
    const marks = new Uint8Array(300);
    expect([...screened.reaching(marks, 0, zeros)]).to.deep.equal([3, 7]);
    // A gradient of 0.25 has this strength.
    const strength = 0.25 / l1Ratio / factor[3];
    expect([...screened.reaching(marks, 1.001 * strength, zeros)]).not.to.include(3);
    expect([...screened.reaching(marks, 0.999 * strength, zeros)]).to.include(3);
    expect([...screened.reaching(marks, 1e9, zeros)]).to.deep.equal([]);
    // A coefficient that is not 0 counts, and so does a mark, one way or the other.
    expect([
      ...screened.reaching(
        marks,
        1e9,
        Float64Array.from(zeros, (_, j) => (j === 7 ? 1 : 0)),
      ),
    ]).to.deep.equal([7]);
    marks[3] = 1;
    expect([...screened.reaching(marks, 0, zeros)]).to.deep.equal([7]);
    expect([...screened.markedOrReaching(marks, 1e9, zeros)]).to.deep.equal([3]);
    expect([screened.values[7], screened.values[3]]).to.deep.equal([0.5, -0.25]);
    screened.moved(NONE, new Float64Array(0));
    expect(screened.isKnown(7)).to.equal(false);
  });

  it('names the strongest of what is known, penalised and not marked', () => {
    const { problem } = draw({ ...WIDE, factor: 'some zero' });
    const factor = Float64Array.from({ length: 300 }, (_, j) => [1, 1, 0, 2, 1][j % 5]);
    const penalty = { ...problem.penalty, factor };
    const screened = new ScreenedGradient({ ...problem, penalty }, lossState(problem));
    // 10 to 14: 5, 5, (unpenalised), 4, 1.
    screened.moved(Int32Array.of(14, 13, 12, 11, 10), Float64Array.of(1, -8, 100, 5, -5));
    const marks = new Uint8Array(300);
    const named = (count: number) => [...screened.strongest(marks, count)];
    expect(named(0)).to.deep.equal([]);
    expect(named(2)).to.deep.equal([10, 11]);
    expect(named(3)).to.deep.equal([10, 11, 13]);
    expect(named(9)).to.deep.equal([10, 11, 13, 14]);
    // Of equals one is named.
    expect(named(1)).to.deep.equal([11]);
    marks[10] = 1;
    expect(named(2)).to.deep.equal([11, 13]);
  });
});
