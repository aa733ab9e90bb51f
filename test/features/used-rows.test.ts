import { expect } from 'chai';
import { DataError } from '../../src/errors.js';
import { chooseColumns } from '../../src/features/choose-columns.js';
import { usedRows } from '../../src/features/used-rows.js';
import { tableOf } from './tables.js';

const TABLE = tableOf({
  y: [1, null, 3, 4, 5],
  a: [1, 2, null, 4, 5],
  b: ['x', null, null, 'y', 'x'],
  w: [1, 1, 1, null, 1],
});
const REQUEST = {
  target: 'y',
  weights: null,
  offset: null,
  features: null,
  exclude: [],
  categorical: [],
  maxLevels: 50,
};
const CHOSEN = chooseColumns(TABLE, { ...REQUEST, weights: 'w' });

describe('usedRows', () => {
  it('drops rows with a missing cell, and counts them by column', () => {
    const { rows, dropped, missingByColumn } = usedRows(TABLE, CHOSEN, 'drop');
    expect([...rows]).to.deep.equal([0, 4]);
    expect(dropped).to.equal(3);
    expect(missingByColumn).to.deep.equal([
      ['y', 1],
      ['w', 1],
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('keeps rows whose features are imputed, but not those without target or weight', () => {
    expect([...usedRows(TABLE, CHOSEN, 'impute').rows]).to.deep.equal([0, 2, 4]);
  });

  it('refuses the first missing cell under policy error, with its line and column', () => {
    expect(() => usedRows(TABLE, CHOSEN, 'error')).to.throw(
      DataError,
      'data.csv:3: column "y": a cell is missing',
    );
    const chosen = chooseColumns(TABLE, { ...REQUEST, target: 'w' });
    expect(() => usedRows(TABLE, chosen, 'error')).to.throw(DataError, 'data.csv:5: column "w"');
  });

  it('names the columns where no row is left, and the remedy', () => {
    const table = tableOf({ y: [1, 2], a: [null, 2], b: [3, null] });
    const chosen = chooseColumns(table, REQUEST);
    expect(() => usedRows(table, chosen, 'drop')).to.throw(
      DataError,
      'data.csv: every row has a missing cell (by column: "a" 1, "b" 1); choose --missing mean',
    );
  });

  it('says which column is empty, for no fill helps a target', () => {
    const table = tableOf({ y: [null, null], a: [1, 2] });
    for (const policy of ['drop', 'impute'] as const) {
      expect(() => usedRows(table, chooseColumns(table, REQUEST), policy)).to.throw(
        DataError,
        'data.csv: column "y": the target is missing in every row; give --target another column',
      );
    }
  });

  it('says so where the file has no row', () => {
    const table = tableOf({ y: [], a: [] });
    expect(() => usedRows(table, chooseColumns(tableOf({ y: [1], a: [1] }), REQUEST), 'drop')).to.throw(
      DataError,
      'no row of data',
    );
  });
});
