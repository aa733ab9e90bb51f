import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { NumericColumn } from '../../src/csv/columns/table.js';
import type { CsvOptions } from '../../src/csv/read-csv.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { inputOf, linesOf, plain, plainTable } from './tables.js';

interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly comment: string | null;
  readonly lineEnd: string;
  readonly quoteAll: boolean;
  readonly padding: string;
}

const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ':', '§'),
  quote: fc.constantFrom('"', "'", '«'),
  comment: fc.constantFrom(null, '#', '%%'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  padding: fc.constantFrom('', ' ', '  '),
});

const special = fc.constantFrom(
  ',',
  ';',
  '\t',
  '|',
  ':',
  '§',
  '"',
  "'",
  '«',
  '#',
  '%',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\u00a0',
);
const cell = fc.string({ unit: fc.oneof(special, fc.constantFrom(...'ab1.é\u{1f600}')), maxLength: 6 });
const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.uniqueArray(
      cell.filter((name) => name.trim() !== ''),
      { minLength: width, maxLength: width },
    ),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    // A blank line or a comment before each line, or none.
    gaps: fc.array(fc.constantFrom('', 'blank', 'comment'), { minLength: 9, maxLength: 9 }),
  }),
);

function render(text: string, { quote, quoteAll, padding, delimiter, comment }: Dialect): string {
  const unsafe = [delimiter, quote, '\n', '\r', comment ?? '\n'].some((mark) => text.includes(mark));
  const needed = quoteAll || unsafe || text.trim() !== text || text === '';
  return padding + (needed ? quote + text.replaceAll(quote, quote + quote) + quote : text) + padding;
}

/** The text of a table, and the lines on which its records begin. */
function renderTable(records: string[][], gaps: string[], form: Dialect): { text: string; lines: number[] } {
  let text = '';
  const lines: number[] = [];
  records.forEach((record, index) => {
    if (gaps[index] === 'blank') text += `  ${form.lineEnd}`;
    if (gaps[index] === 'comment' && form.comment) text += `${form.comment} a"',;${form.lineEnd}`;
    lines.push(1 + (text.match(/\r\n|\r|\n/g) ?? []).length);
    text += record.map((part) => render(part, form)).join(form.delimiter) + form.lineEnd;
  });
  return { text, lines };
}

const optionsOf = ({ delimiter, quote, comment }: Dialect): CsvOptions => ({ delimiter, quote, comment });

describe('reading', () => {
  it('gives back any table written in any dialect, and its lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        dialect,
        fc.integer({ min: 1, max: 50 }),
        async ({ names, rows, gaps }, form, size) => {
          const { text, lines } = renderTable([names, ...rows], gaps, form);
          const found = await readCsv(inputOf(text, size), { ...optionsOf(form), na: [], text: names });
          const expected = names.map((name, column) => [
            name,
            rows.map((row) => (row[column].trim() === '' ? null : row[column])),
          ]);
          expect(plainTable(found)).to.deep.equal(expected);
          expect(linesOf(found)).to.deep.equal(lines.slice(1));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives back every double bit for bit', async () => {
    const double = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      // One double in fifty is of everyday size, where the short ways of reading are taken.
      fc.tuple(fc.maxSafeInteger(), fc.nat(25)).map(([whole, power]) => whole / 10 ** power),
    );
    const form = fc.constantFrom(
      (value: number) => (Object.is(value, -0) ? '-0' : String(value)),
      (value: number) => (Object.is(value, -0) ? '-0' : value.toExponential()),
      (value: number) => (Object.is(value, -0) ? '-0.0' : value.toExponential(20)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(double, form), { minLength: 1, maxLength: 200 }), async (cells) => {
        const text = `v\n${cells.map(([value, write]) => write(value)).join('\n')}\n`;
        const column = (await readCsv(inputOf(text))).columns[0] as NumericColumn;
        expect(column.kind).to.equal('numeric');
        const wanted = Float64Array.from(cells, ([value]) => value);
        expect(new BigUint64Array(column.values.buffer)).to.deep.equal(new BigUint64Array(wanted.buffer));
      }),
      { numRuns: 300 },
    );
  });

  it('reads toFixed as the nearest double of its digits', async () => {
    // Nearly nine tenths of all doubles have no digit left after toFixed.
    const value = fc
      .tuple(fc.maxSafeInteger(), fc.integer({ min: -1, max: 20 }))
      .map(([whole, power]) => whole / 10 ** power);
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1 }), fc.nat(20), async (values, digits) => {
        const cells = values.map((number) => number.toFixed(digits));
        const found = await readCsv(inputOf(`v\n${cells.join('\n')}\n`));
        expect(plain(found.columns[0])).to.deep.equal(cells.map(Number));
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on how the bytes are cut, zipped or not', async () => {
    const chaos = fc.string({
      unit: fc.oneof(special, fc.constantFrom(...'a1é\u{1f600}\ufeff,,"\n\n')),
      maxLength: 60,
    });
    const outcome = async (bytes: Uint8Array, size: number, options: CsvOptions) => {
      try {
        const found = await readCsv(inputOf(bytes, size), options);
        return JSON.stringify([plainTable(found), linesOf(found)]);
      } catch (error) {
        return String(error);
      }
    };
    await fc.assert(
      fc.asyncProperty(chaos, fc.integer({ min: 1, max: 9 }), async (body, size) => {
        const options = { comment: '#', header: false };
        const bytes = Buffer.from(body);
        const whole = await outcome(bytes, Number.POSITIVE_INFINITY, options);
        expect(whole).to.match(/^\[|^DataError: t\.csv/);
        expect(await outcome(bytes, size, options)).to.equal(whole);
        expect(await outcome(gzipSync(bytes), size, options)).to.equal(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the delimiter that a table was written with', async () => {
    const word = fc.stringMatching(/^[a-z0-9.]{1,8}$/);
    const grid = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 9 }),
      );
    await fc.assert(
      fc.asyncProperty(grid, fc.constantFrom(',', ';', '\t', '|'), async (rows, delimiter) => {
        const text = rows.map((row) => row.join(delimiter)).join('\n');
        const found = await readCsv(inputOf(text), { header: false });
        expect(found.columns).to.have.length(rows[0].length);
      }),
    );
  });
});
