import { expect } from 'chai';
import type { Cell } from '../features/tables.js';
import { fitAll } from '../fit/fit-helpers.js';

const ROWS = 20;
const y = Array.from({ length: ROWS }, (_, i) => Math.sin(i));

/** The warning about a column of these texts, repeated to ROWS cells. */
async function warningFor(cells: readonly Cell[], options = {}): Promise<string | undefined> {
  const odd = Array.from({ length: ROWS }, (_, i) => cells[i % cells.length]);
  const report = await fitAll(
    { a: y.map(Math.cos), odd, y },
    { lambda: { kind: 'list', values: [1] }, ...options },
  );
  return report.warnings.find(({ message }) => message.includes('"odd" is text, but'))?.message;
}

describe('text that looks like numbers', () => {
  it('with another decimal mark is warned of, with the remedy', async () => {
    const message = await warningFor(['1,5', '2,25', '3', null]);
    expect(message).to.include('"1,5"').and.to.include('give --decimal ,');
  });

  it('with percent signs is warned of, with the remedy', async () => {
    expect(await warningFor(['10%', '7.5 %', '0%'])).to.include('take the % off');
  });

  it('with thousands separators is not taken for decimals', async () => {
    expect(await warningFor(['1,500', '12,000,000', '900'])).to.include('take the thousands separators out');
    expect(await warningFor(['1,500', '0,250'])).to.include('give --decimal ,');
  });

  it('is warned of when it is left out for its many levels', async () => {
    const many = Array.from({ length: ROWS }, (_, i) => `${i},5`);
    expect(await warningFor(many, { maxLevels: 5 })).to.include('give --decimal ,');
  });

  it('counts from 9 cells in 10', async () => {
    const nine = ['1,5', '2,5', '3,5', '4,5', '5,5', '6,5', '7,5', '8,5', '9,5'];
    expect(await warningFor([...nine, 'x'])).to.be.a('string');
    expect(await warningFor([...nine.slice(1), 'x', 'y'])).to.equal(undefined);
  });

  it('is left in peace where it is not numbers, or was asked for as categories', async () => {
    expect(await warningFor(['a', 'b,c', '50% off'])).to.equal(undefined);
    expect(await warningFor(['1,5', '2,5'], { categorical: ['odd'] })).to.equal(undefined);
  });
});
