import { expect } from 'chai';
import { fit } from '../../src/fit/fit.js';
import { Engine } from '../../src/kernels/engine.js';
import { tableOf } from '../design/tables.js';

const ROWS = 1000;

/** Was the engine asked for in a fit of one text column with so many levels? */
async function isCompiled(levels: number): Promise<boolean> {
  const engine = new Engine(1);
  let asked = false;
  const get = () => {
    asked = true;
    return engine;
  };
  try {
    const columns = {
      c: Array.from({ length: ROWS }, (_, i) => `L${(i * 7) % levels}`),
      y: Array.from({ length: ROWS }, (_, i) => ((i * 31) % 97) + (i % levels)),
    };
    const options = { target: 'y', holdout: 0, lambda: { kind: 'list', values: [0.1] } } as const;
    await fit(tableOf(columns), options, { engine: get });
  } finally {
    engine.close();
  }
  return asked;
}

describe('the choice between the reference and the compiled kernels', () => {
  it('looks at the features, not at the columns of the table: each level is one', async () => {
    expect(await isCompiled(50)).to.equal(true);
    expect(await isCompiled(10)).to.equal(false);
  });
});
