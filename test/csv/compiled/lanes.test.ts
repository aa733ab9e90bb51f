import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { memoryBytes } from '../../../src/csv/bytes/stored-bytes.js';
import type { NumericColumn, Table } from '../../../src/csv/columns/table.js';
import { powersOfFive } from '../../../src/csv/compiled/powers-of-five.js';
import { bufferedInput, type CsvInput, type CsvOptions, readCsv } from '../../../src/csv/read-csv.js';
import { Engine } from '../../../src/runtime/engine.js';
import { exactTable } from '../both-lanes.js';
import { failure } from '../tables.js';

/** Whether the compiled kernels have read the table: its numbers are in shared memory. */
function isFast(table: Table): boolean {
  const column = table.columns.find(({ kind }) => kind === 'numeric') as NumericColumn;
  return column.values.buffer instanceof SharedArrayBuffer;
}

/** Lines as R writes them: every text quoted, numbers with up to 15 digits. Above 1 MB from 20,000 rows on. */
function lines(rows: number): string {
  const names = '"id","group","x1","x2","x3"\n';
  const row = (i: number) =>
    `"${i}","g ${i % 7}",${i},${i % 10 === 0 ? 'NA' : Math.sqrt(i)},${-i / 1000}e-05\n`;
  return names + Array.from({ length: rows }, (_, i) => row(i)).join('');
}

const large = Buffer.from(lines(30_000));
const lateText = Buffer.concat([large, Buffer.from('"z","g",late,1,2\n')]);
const small = Buffer.from(lines(100));

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

describe('the lane of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-lanes-'));
  const engine = new Engine(2).startThreads();
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  after(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  const cases: [string, () => CsvInput, CsvOptions, boolean][] = [
    ['a large file', () => write('t.csv', large), {}, true],
    ['a large file, two threads', () => write('t.csv', large), { threads: 2 }, true],
    ['a large file, an engine', () => write('t.csv', large), { engine }, true],
    ['a large file, an engine at need', () => write('t.csv', large), { engine: () => engine }, true],
    ['a large file, no engine', () => write('t.csv', large), { engine: null }, false],
    ['a large stream', () => bufferedInput('t.csv', chunksOf(large)), {}, true],
    ['a large zipped file', () => write('t.csv', gzipSync(large)), {}, false],
    ['a small file', () => write('t.csv', small), {}, false],
    ['a small file, an engine', () => write('t.csv', small), { engine }, true],
    ['a large file with a late text among numbers', () => write('t.csv', lateText), {}, true],
  ];
  for (const [title, input, options, fast] of cases) {
    it(`${title}: ${fast ? 'the kernels' : 'TypeScript'}`, async () => {
      const table = await readCsv(input(), options);
      expect(isFast(table)).to.equal(fast);
      expect(exactTable(table)).to.deep.equal(
        exactTable(await readCsv(input(), { ...options, engine: null })),
      );
    });
  }

  it('does not ask for an engine that is not needed', async () => {
    const never = () => {
      throw new Error('asked');
    };
    expect((await readCsv(write('t.csv', small), { engine: never })).rows).to.equal(100);
  });

  it('leaves errors to csv-parse, with the line', async () => {
    const input = write('t.csv', Buffer.concat([large, Buffer.from('1,2\n')]));
    expect((await failure(readCsv(input))).message).to.match(/^t\.csv:30002: has 2 cells/);
  });

  it('meets the failure of a stream where it happens, however often it is opened', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield small;
      throw new Error('torn off');
    }
    expect((await failure(readCsv(bufferedInput('t.csv', broken())))).message).to.equal('torn off');
  });

  it('gives its memory back when a file is not plain', async () => {
    const before = engine.wasm.allocate(0);
    await readCsv(write('t.csv', Buffer.concat([large, Buffer.from('"x""y",g,1,2,3\n')])), { engine });
    const scratch = 1 << 20;
    expect(engine.wasm.allocate(0) - before).to.be.below(scratch);
  });
});

describe('bytes in pieces', () => {
  it('are read at any place', () => {
    const bytes = memoryBytes([Buffer.from('abc'), Buffer.from(''), Buffer.from('defg'), Buffer.from('h')]);
    for (let from = 0; from <= 8; from++) {
      for (let length = 0; length <= 9; length++) {
        const target = Buffer.alloc(length);
        const count = bytes.read(target, from);
        expect(target.toString('latin1', 0, count)).to.equal('abcdefgh'.slice(from, from + length));
      }
    }
  });
});

describe('the powers of five', () => {
  it('have 128 bits, cut off or rounded up', () => {
    const table = powersOfFive();
    for (let q = -342; q <= 308; q++) {
      const value = (table[2 * (q + 342)] << 64n) | table[2 * (q + 342) + 1];
      expect(value >> 127n).to.equal(1n);
      const power = 5n ** BigInt(Math.abs(q));
      // value * 2^shift is 5^q for some shift: compare the products, which fit integers.
      const bits = BigInt(power.toString(2).length);
      const exact = q < 0 ? (1n << (bits + 127n)) / power : (power << 128n) >> bits;
      expect(value - exact).to.equal(q < 0 && q >= -27 ? 1n : 0n);
    }
  });
});
