import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { memoryBytes } from '../../../src/csv/bytes/stored-bytes.js';
import { readPlain } from '../../../src/csv/compiled/read.js';
import type { Sizes } from '../../../src/csv/compiled/sizes.js';
import { ColumnRules } from '../../../src/csv/dialect/column-rules.js';
import { resolveDialect } from '../../../src/csv/dialect/dialect.js';
import type { CsvOptions } from '../../../src/csv/read-csv.js';
import { compareLanes, Engines } from '../both-lanes.js';
import { BAD_INPUTS, ODD_INPUTS } from '../odd-inputs.js';

const engines = new Engines();
const threads = fc.integer({ min: 1, max: 3 });
const sizes: fc.Arbitrary<Sizes> = fc.record({
  window: fc.integer({ min: 200, max: 2000 }),
  piece: fc.integer({ min: 1, max: 100 }),
  lane: fc.integer({ min: 1, max: 300 }),
  tile: fc.integer({ min: 1, max: 20 }),
  inside: fc.constantFrom(0, 2 ** 20),
});

/** Digits around a point, with sign and exponent, of any length: many are halfway cases, subnormal or too large. */
const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${max}}$`));
const spelled = fc
  .tuple(fc.constantFrom('', '', '-', '+'), digits(25), fc.constantFrom('', '.'), digits(25))
  .chain(([sign, whole, point, fraction]) =>
    fc
      .oneof(
        fc.constant(''),
        fc.integer({ min: -345, max: 310 }).map((power) => `e${power}`),
        fc.integer({ min: 0, max: 30 }).map((power) => `E+${power}`),
      )
      .map((exponent) => sign + (whole + fraction === '' ? '0' : whole) + point + fraction + exponent),
  );
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
/** A double, the double after it, and the number exactly between them, in all its digits. */
const halfway = fc.bigInt({ min: 1n << 52n, max: (1n << 53n) - 1n }).chain((mantissa) =>
  fc.integer({ min: -60, max: 60 }).map((power) => {
    const odd = 2n * mantissa + 1n;
    if (power >= 0) return String(odd << BigInt(power));
    const scaled = String(odd * 5n ** BigInt(-power)).padStart(-power + 1, '0');
    return `${scaled.slice(0, power)}.${scaled.slice(power)}`;
  }),
);
const nearHalfway = fc
  .tuple(halfway, fc.constantFrom('', '0', '1', '000000000000000000001'), fc.boolean())
  .map(([text, more, cut]) => (text.includes('.') ? (cut ? text.slice(0, 19) : text + more) : text));
const number = fc.oneof(
  { weight: 4, arbitrary: double.map((value) => value.toPrecision(6)) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -10_000, max: 10_000 }).map((value) => (value / 1000).toFixed(3)),
  },
  { weight: 2, arbitrary: fc.integer().map(String) },
  { weight: 2, arbitrary: double.map((value) => (Object.is(value, -0) ? '-0' : String(value))) },
  { weight: 1, arbitrary: double.map((value) => value.toPrecision(17)) },
  { weight: 1, arbitrary: double.map((value) => value.toExponential(20)) },
  { weight: 2, arbitrary: spelled },
  { weight: 2, arbitrary: nearHalfway },
  { weight: 1, arbitrary: fc.constantFrom('-0', '0', '00', '-0.0', '.5', '5.', '+1', '007', '-.25', '1e5') },
);
const missing = fc.constantFrom('', 'NA', 'NaN', '?', ' ', '-999');
const text = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'yes',
    'no',
    'x y',
    'né',
    '\u{1f600}',
    '#',
    'a'.repeat(40),
    'NAN',
    '-',
    '1/2',
    'e5',
  ),
  fc.string({ unit: fc.constantFrom(...'ab1.-+eé §\u00a0\u{1f600}'), maxLength: 20 }),
);

type Kind = 'number' | 'text' | 'mixed';
const cellOf: Record<Kind, fc.Arbitrary<string>> = {
  number: fc.oneof({ weight: 12, arbitrary: number }, { weight: 1, arbitrary: missing }),
  text: fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: missing }),
  mixed: fc.oneof({ weight: 20, arbitrary: number }, { weight: 1, arbitrary: text }),
};

interface Form {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly padding: string;
  readonly quoting: 'none' | 'text' | 'all';
  readonly lastLineEnd: string;
  readonly mark: string;
}
const form: fc.Arbitrary<Form> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ':'),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  padding: fc.constantFrom('', '', '', ' ', '  '),
  quoting: fc.constantFrom('none', 'text', 'all'),
  lastLineEnd: fc.constantFrom('', '\n', '\r\n', '\n\n\n'),
  mark: fc.constantFrom('', '', '\ufeff'),
});

const grid = fc
  .array(fc.constantFrom<Kind>('number', 'number', 'number', 'text', 'mixed'), { minLength: 1, maxLength: 6 })
  .chain((kinds) =>
    fc.array(fc.tuple(...kinds.map((kind) => cellOf[kind])), { minLength: 1, maxLength: 60 }),
  );

function render(rows: readonly string[][], header: boolean, form: Form): string {
  const quote = (cell: string) => {
    const quoted = form.quoting === 'all' || (form.quoting === 'text' && /[^0-9.+-]/.test(cell));
    return form.padding + (quoted ? `"${cell}"` : cell) + form.padding;
  };
  const names = rows[0].map((_, index) => `c${index}`);
  const lines = (header ? [names, ...rows] : rows).map((cells) => cells.map(quote).join(form.delimiter));
  return form.mark + lines.join(form.lineEnd) + form.lastLineEnd;
}

const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'));
const filesIn = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(path, name));

describe('the fast lane', () => {
  after(() => engines.close());

  for (const path of filesIn('fixtures')) {
    it(`reads ${path} as csv-parse does`, async () => {
      const bytes = readFileSync(path);
      for (const count of [1, 2, 3]) expect(await compareLanes(bytes, {}, engines.of(count))).to.equal(true);
    });
  }

  for (const path of filesIn(join(folder, 'csvs'))) {
    it(`agrees with csv-parse on ${path.slice(folder.length + 1)}`, async () => {
      await compareLanes(readFileSync(path), {}, engines.of(1));
    });
  }

  for (const { title, text: content, options } of ODD_INPUTS) {
    it(`agrees with csv-parse on odd inputs: ${title}`, async () => {
      await compareLanes(content, options ?? {}, engines.of(1));
    });
  }

  for (const [title, content, , options] of BAD_INPUTS) {
    it(`leaves bad inputs to csv-parse: ${title}`, async () => {
      expect(await compareLanes(content, options ?? {}, engines.of(1))).to.equal(false);
    });
  }

  it('reads any plain table as csv-parse does, however it is divided and by however many threads', async () => {
    let taken = 0;
    const options: fc.Arbitrary<CsvOptions> = fc.record({
      header: fc.boolean(),
      na: fc.constantFrom(['NA', '?'], ['-999', 'NaN', 'n/a'], []),
      text: fc.constantFrom([], ['c0'], ['x1', 'c1']),
      columnNa: fc.constantFrom([], [['c0', ['-999', '1']]] as const, [['x1', ['']]] as const),
      mayLackColumns: fc.constant(true),
    });
    await fc.assert(
      fc.asyncProperty(grid, form, options, sizes, threads, async (rows, how, asked, divided, count) => {
        const content = render(rows, asked.header!, how);
        const { delimiter } = how;
        if (await compareLanes(content, { ...asked, delimiter }, engines.of(count), divided)) taken++;
      }),
      { numRuns: 3000 },
    );
    expect(taken).to.be.above(1000);
  });

  it('makes room for rows that get shorter, or longer, than the first ones promise', async () => {
    const long = Array.from({ length: 20 }, (_, i) => `${i}.${'1'.repeat(12)},word${i}`);
    const short = Array.from({ length: 300 }, (_, i) => `${i},x${i % 3}`);
    for (const rows of [
      [...long, ...short],
      [...short, ...long],
    ]) {
      for (const count of [1, 2]) {
        const divided = { window: 256, piece: 32, lane: 64, tile: 8, inside: 2 ** 20 };
        const content = `a,b\n${rows.join('\n')}\n`;
        expect(await compareLanes(content, {}, engines.of(count), divided)).to.equal(true);
      }
    }
  });

  it('declines a file that is cut while it is read, and goes on with the next', async () => {
    const content = Buffer.from(`a,b\n${'1,2\n'.repeat(1000)}`);
    const stored = memoryBytes([content]);
    const cut = {
      ...stored,
      read: (target: Uint8Array, from: number) => (from > 999 ? 0 : stored.read(target, from)),
    };
    const request = {
      source: 't.csv',
      dialect: resolveDialect({}),
      rules: new ColumnRules({ na: [] }, '.'),
      text: new Set<string>(),
    };
    const divided = { window: 256, piece: 32, lane: 64, tile: 8, inside: 2 ** 20 };
    const engine = engines.of(2);
    expect(await readPlain(cut, request, engine, divided)).to.equal(null);
    expect((await readPlain(stored, request, engine, divided))?.rows).to.equal(1000);
  });

  it('reads every number as the nearest double', async () => {
    const column = fc.array(number, { minLength: 1, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(column, threads, async (cells, count) => {
        // Two columns, so that a line is never blank; a number too large for a double makes a text.
        await compareLanes(`a,b\n${cells.map((cell) => `${cell},1\n`).join('')}`, {}, engines.of(count));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads numbers of every length up to 18, with the point and the sign at every place or at none', async () => {
    const digit = (k: number) => (7 * k + 3) % 10;
    const cells: string[] = [];
    for (let length = 1; length <= 18; length++) {
      for (let point = -1; point < length; point++) {
        for (const sign of ['', '-', '+']) {
          const text = Array.from({ length }, (_, k) => (k === point ? '.' : digit(k + cells.length)));
          cells.push(sign + text.join(''));
        }
      }
    }
    // At the end of a line, with either line end, and in front of a delimiter.
    for (const end of ['\n', '\r\n']) {
      const content = `a,b${end}${cells
        .filter((text) => /[0-9]/.test(text))
        .map((text) => `${text},${text}${end}`)
        .join('')}`;
      expect(await compareLanes(content, {}, engines.of(1))).to.equal(true);
    }
  });

  it('takes nothing for a number that only has its bytes', async () => {
    const bodies = [
      '1.2.3',
      '.',
      '-',
      '-.',
      '--1',
      '1-2',
      '1/2',
      '1:2',
      '1,',
      ' 12',
      '12 ',
      '1-',
      '..',
      '+-1',
      '',
      '1\r',
    ];
    for (const body of bodies) {
      for (const line of [`${body},1`, `1,${body}`])
        await compareLanes(`a,b\n2,3\n${line}\n4,5\n`, {}, engines.of(1));
    }
  });

  it('agrees with csv-parse on any bytes, or declines', async () => {
    const mark = fc.constantFrom(...',;\n\r"\' \t\0\f\u00a0\ufeff.-+eE0123456789ax?é');
    const chaos = fc.string({ unit: mark, maxLength: 60 });
    const end = fc.constantFrom('', '\n', '\r', '\n\n', ',', '"');
    await fc.assert(
      fc.asyncProperty(chaos, end, fc.boolean(), sizes, async (body, last, header, divided) => {
        const content = `a,b\n1,2\n${body}${last}`;
        await compareLanes(content, { header }, engines.of(1), divided);
      }),
      { numRuns: 5000 },
    );
  });

  it('declines bytes that are not UTF-8', async () => {
    for (const cell of ['\xff', 'x\xe9', '\xed\xa0\x80'].map((bytes) => Buffer.from(bytes, 'latin1'))) {
      const content = Buffer.concat([Buffer.from('a,b\n1,'), cell, Buffer.from('\n1,2\n')]);
      expect(await compareLanes(content, {}, engines.of(1))).to.equal(false);
    }
  });
});
