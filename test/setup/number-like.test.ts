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

describe('numbers with other texts among them', () => {
  const numbers = Array.from({ length: 40 }, (_, i) => String(100 + 7 * i));
  /** 100 rows: every `nth` cell of x is the next of the marks, the others are numbers. */
  const fitOf = (marks: readonly string[], nth: number, options = {}) => {
    const x = Array.from({ length: 100 }, (_, i) =>
      i % nth === 0 ? marks[(i / nth) % marks.length] : numbers[i % numbers.length],
    );
    const target = Array.from({ length: 100 }, (_, i) => Math.sin(i));
    return fitAll(
      { a: target.map(Math.cos), x, y: target },
      { lambda: { kind: 'list', values: [1] }, ...options },
    );
  };
  const messageOf = async (work: Promise<unknown>) =>
    (
      await work.then(
        () => null,
        (error: Error) => error,
      )
    )?.message;

  it('are refused where a few marks are more than a tenth, with the marks, their lines and the remedies', async () => {
    for (const [marks, nth] of [
      [[':'], 5],
      [['..'], 3],
      [['-', '<0.05', "o'k"], 4],
    ] as const) {
      const message = await messageOf(fitOf(marks, nth));
      expect(message, marks.join(' ')).to.match(
        /^.*:\d+: column "x": \d+ of its 100 cells are numbers, the others are /,
      );
      for (const mark of marks) expect(message).to.include(`"${mark}" (`);
      expect(message).to.include('--na').and.to.include('--categorical').and.to.include('--exclude');
    }
    expect(await messageOf(fitOf([':'], 5))).to.include("--na 'x=:'");
    expect(await messageOf(fitOf(["o'k"], 5))).to.include("--na 'x=o'\\''k'");
  });

  it('are warned of where the other texts are many, and left alone where they are named categories or are most', async () => {
    const tickets = Array.from({ length: 12 }, (_, i) => `A/${i}`);
    const report = await fitOf(tickets, 4);
    expect(report.warnings.map(({ code }) => code)).to.include('mostly-numbers');
    const named = await fitOf([':'], 5, { categorical: ['x'], maxLevels: 100 });
    expect(named.warnings.map(({ code }) => code)).to.not.include('mostly-numbers');
    const most = await fitOf(['p', 'q'], 1);
    expect(most.warnings.map(({ code }) => code)).to.not.include('mostly-numbers');
  });

  it('are categories where the numbers are few', async () => {
    const x = Array.from({ length: 100 }, (_, i) => ['4', '6', '8', 'other'][i % 4]);
    const y = Array.from({ length: 100 }, (_, i) => Math.sin(i));
    const report = await fitAll({ x, y }, { lambda: { kind: 'list', values: [1] } });
    expect(report.features).to.deep.equal(['x=4', 'x=6', 'x=8', 'x=other']);
    expect(report.warnings.map(({ code }) => code)).to.include('mostly-numbers');
  });
});

describe('a text for each row', () => {
  const label = (i: number) => `name ${(i * 37) % 101}`;
  const fitOf = (x: readonly string[], options = {}) => {
    const y = x.map((_, i) => Math.sin(i));
    return fitAll({ a: y.map(Math.cos), x, y }, { lambda: { kind: 'list', values: [1] }, ...options });
  };

  it('is no feature, at any number of rows from ten, but for who asks for it', async () => {
    for (const rows of [10, 40, 90]) {
      const x = Array.from({ length: rows }, (_, i) => label(i));
      const report = await fitOf(x);
      expect(report.features).to.deep.equal(['a']);
      expect(report.warnings[0].message).to.include(`${rows} different texts in ${rows} cells name the rows`);
      for (const asked of [{ features: ['a', 'x'] }, { categorical: ['x'] }]) {
        expect((await fitOf(x, { ...asked, maxLevels: 100 })).features).to.have.length(rows + 1);
      }
    }
  });

  it('is one from nine cells in ten', async () => {
    const texts = (distinct: number) =>
      Array.from({ length: 40 }, (_, i) => label(Math.min(i, distinct - 1)));
    expect((await fitOf(texts(36))).features).to.deep.equal(['a']);
    expect((await fitOf(texts(35))).features).to.have.length(36);
  });

  it('is said to look like numbers where it does', async () => {
    const { warnings } = await fitOf(Array.from({ length: 40 }, (_, i) => `${i} kg`));
    const messages = warnings.map(({ message }) => message).join('\n');
    expect(messages)
      .to.include('it is text, though its cells look like numbers')
      .and.to.include('take the unit "kg" out');
    const money = await fitOf(Array.from({ length: 40 }, (_, i) => `$${1 + i},113.50`));
    expect(money.warnings.map(({ code }) => code)).to.include('currency-signs');
    const mixed = await fitOf(Array.from({ length: 40 }, (_, i) => `${i} ${'kg'.slice(i % 2)}`));
    expect(mixed.warnings.map(({ code }) => code)).to.not.include('units');
  });

  it('leaves a fit without features with the reason', async () => {
    const x = Array.from({ length: 40 }, (_, i) => label(i));
    const y = x.map((_, i) => Math.sin(i));
    const error = await fitAll({ x, y }, {}).catch((thrown: Error) => thrown);
    expect(String(error)).to.match(
      /no column is left as a feature; column "x" is left out: 40 different texts/,
    );
  });
});
