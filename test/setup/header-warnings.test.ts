import { expect } from 'chai';
import { read } from '../csv/tables.js';
import { fitted } from '../model/model-helpers.js';

/** 20 rows of y and cells before and after it. */
const rows = (before: (i: number) => string, after: (i: number) => string) =>
  Array.from({ length: 20 }, (_, i) => `${before(i)}${(i * 7) % 11}${after(i)}`).join('\n');

async function warningsOf(csv: string, options = {}) {
  const { outcome } = await fitted(await read(csv), { target: 'y', ...options });
  const { warnings, features } = outcome.report;
  const about = warnings.filter(({ code }) => /column|sep-line/.test(code));
  return {
    features,
    said: about.map(({ code, message }) => `${code}: ${message}`),
  };
}

describe('a header that is not taken as it stands', () => {
  it('has an index without a name, which is no feature, but for who asks for it', async () => {
    const csv = `,y,x\n${rows(
      (i) => `${(i * 3) % 20},`,
      (i) => `,${i % 5}`,
    )}\n`;
    const left =
      'column-left-out: column "column 1" is left out: it has no name in the header and numbers the rows';
    const found = await warningsOf(csv);
    expect(found.features).to.deep.equal(['x']);
    expect(found.said).to.have.length(1);
    expect(found.said[0]).to.include(left);
    const asked = await warningsOf(csv, { features: ['column 1', 'x'] });
    expect(asked.features).to.deep.equal(['column 1', 'x']);
    expect(asked.said).to.deep.equal([
      'nameless-column: t.csv: a feature has no name in the header; it is called "column 1"',
    ]);
    expect((await warningsOf(csv, { exclude: ['column 1'] })).said).to.deep.equal([]);
  });

  it('has a column without a name that does not count rows, which is a feature', async () => {
    const csv = `,y,\n${rows(
      (i) => `${(i * i) % 7},`,
      () => ',',
    )}\n`;
    const { features, said } = await warningsOf(csv);
    expect(features).to.deep.equal(['column 1']);
    expect(said).to.deep.equal([
      'column-left-out: column "column 3" is left out: it has no value in any row',
      'nameless-column: t.csv: a feature has no name in the header; it is called "column 1"',
    ]);
  });

  it('has a name more than once, which is said once and refused for the target', async () => {
    const csv = `y,x,x\n${rows(
      () => '',
      (i) => `,${i % 5},${i % 3}`,
    )}\n`;
    const { features, said } = await warningsOf(csv);
    expect(features).to.deep.equal(['x', 'x (2)']);
    expect(said).to.deep.equal([
      'doubled-column: t.csv: 2 columns are named "x"; those after the first are called "x (2)"',
    ]);
    const refused = await warningsOf(csv, { target: 'x' }).catch((error: Error) => error);
    expect(refused).to.have.property(
      'message',
      't.csv: --target "x": more than one column has this name; rename one of them in the file',
    );
    expect((await warningsOf(csv, { target: 'x (2)' })).features).to.deep.equal(['y', 'x']);
  });

  it('stands below a line sep=', async () => {
    const csv = `sep=;\ny;x\n${rows(
      () => '',
      (i) => `;${i % 5}`,
    )}\n`;
    expect((await warningsOf(csv)).said).to.deep.equal([
      'sep-line: t.csv:1: the line sep= is taken for what it says of the delimiter, not for the header',
    ]);
  });
});
