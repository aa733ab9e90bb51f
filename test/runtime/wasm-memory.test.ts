import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { NoRoom } from '../../src/errors.js';
import { Engine } from '../../src/runtime/engine.js';
import { WasmMemory } from '../../src/runtime/wasm-memory.js';

/** Where the next allocation would be. */
const top = (wasm: WasmMemory) => wasm.scoped(() => wasm.allocate(0));

describe('the memory of the compiled kernels', () => {
  it('hands out aligned pieces that do not overlap', () => {
    const wasm = new WasmMemory();
    let end = 0;
    for (const bytes of [0, 1, 8, 15, 16, 17, 1000]) {
      const address = wasm.allocate(bytes);
      expect(address % 16).to.equal(0);
      expect(address).to.be.at.least(end);
      end = address + bytes;
    }
    expect(top(wasm)).to.be.at.least(end);
  });

  it('hands out whole pages where that is asked for', () => {
    const wasm = new WasmMemory();
    const before = wasm.allocate(100) + 100;
    const address = wasm.allocatePages(5000);
    expect(address % 4096).to.equal(0);
    expect(address).to.be.at.least(before);
    expect(top(wasm)).to.be.at.least(address + 5000);
  });

  it('takes back what was allocated inside scoped, nested and after an error too', () => {
    const wasm = new WasmMemory();
    const mark = top(wasm);
    const inner = wasm.scoped(() => {
      wasm.doubles(10);
      const before = top(wasm);
      expect(wasm.scoped(() => wasm.doubles(1000).length)).to.equal(1000);
      expect(top(wasm)).to.equal(before);
      return before;
    });
    expect(inner).to.equal(mark + 80);
    expect(() =>
      wasm.scoped(() => {
        wasm.doubles(10);
        throw new Error('within');
      }),
    ).to.throw('within');
    expect(top(wasm)).to.equal(mark);
    wasm.doubles(10);
    expect(top(wasm)).to.equal(mark + 80);
  });

  it('knows its own views, from before it grew too', () => {
    const wasm = new WasmMemory();
    const early = wasm.doubles(3);
    wasm.allocate(wasm.memory.buffer.byteLength);
    const late = wasm.doubles(3);
    expect(wasm.addressOf(early)).to.equal(early.byteOffset);
    expect(wasm.addressOf(late.subarray(1))).to.equal(late.byteOffset + 8);
    expect(wasm.addressOf(new WasmMemory().doubles(3))).to.equal(null);
    expect(wasm.addressOf(new Float64Array(3))).to.equal(null);
  });

  it('keeps views valid while it grows', () => {
    const wasm = new WasmMemory();
    const view = wasm.doubles(3);
    view.set([1, 2, 3]);
    const words = wasm.words([4, 5]);
    const size = wasm.memory.buffer.byteLength;
    const far = wasm.doubles(size / 8 + 1);
    expect(wasm.memory.buffer.byteLength).to.be.above(size);
    far[far.length - 1] = 6;
    expect([...view]).to.deep.equal([1, 2, 3]);
    // The old view and a new one are the same cells.
    const again = wasm.doublesAt(view.byteOffset, 3);
    again[0] = 7;
    view[2] = 9;
    expect([view[0], again[2], far[far.length - 1]]).to.deep.equal([7, 9, 6]);
    expect([...new Uint32Array(wasm.memory.buffer, words, 2)]).to.deep.equal([4, 5]);
  });

  it('is still usable after a request that it cannot meet', () => {
    const wasm = new WasmMemory();
    const mark = top(wasm);
    expect(() => wasm.allocate(2 ** 33)).to.throw(NoRoom, '8.6 GB are needed at once, of 4.3 GB');
    expect(top(wasm)).to.equal(mark);
    wasm.doubles(2).set([1, 2]);
  });

  it('is as large as it may be, and remembers the most that was in use', () => {
    const wasm = new WasmMemory(2 ** 20);
    const { available } = wasm;
    wasm.scoped(() => wasm.allocate(available));
    expect(() => wasm.allocate(available + 1)).to.throw(NoRoom);
    expect(wasm.available).to.equal(available);
    expect(wasm.highWater).to.equal(2 ** 20);
  });

  for (const [rows, columns] of [
    [300, 5],
    [6, 40],
  ]) {
    it(`is not used up by operations on a design of ${rows} x ${columns}`, () => {
      const engine = new Engine(1);
      try {
        const design = Blocks.layOut(engine, rows, columns, (_j, _from, out) => out.fill(1));
        const mark = top(engine.wasm);
        const [r, beta] = [new Float64Array(rows).fill(1), new Float64Array(columns).fill(1)];
        const all = Int32Array.from(beta.keys());
        design.gradient(r, beta.slice(), all);
        design.gradients([r, r], [beta.slice(), beta.slice()]);
        design.addPrediction(beta, r.slice());
        design.addPredictions([beta, beta], [r.slice(), r.slice()]);
        const gram = design.gram(r, all);
        design.gramRows(r, all, 1);
        if (columns > rows) design.outerGram(beta);
        expect(top(engine.wasm)).to.equal(mark);
        // A result is the caller's: later work does not write to it.
        design.gram(r.slice().fill(2), all);
        expect([...gram]).to.deep.equal(new Array(columns * columns).fill(rows));
      } finally {
        engine.close();
      }
    });
  }

  it('keeps a design and its columns while it grows', () => {
    const engine = new Engine(1);
    try {
      const design = Blocks.layOut(engine, 3, 5, (j, _from, out) => out.fill(j));
      const column = design.column(4);
      engine.wasm.doubles(engine.wasm.memory.buffer.byteLength / 8);
      Blocks.layOut(engine, 3, 5, (_j, _from, out) => out.fill(9));
      expect([...column]).to.deep.equal([4, 4, 4]);
      const eta = new Float64Array(3);
      design.addPrediction(Float64Array.of(1, 1, 1, 1, 1), eta);
      expect([...eta]).to.deep.equal([10, 10, 10]);
    } finally {
      engine.close();
    }
  });
});

describe('the outer Gram matrix of many rows', () => {
  it('is right without partial sums, whichever thread takes which rows, and takes its own size at a time', () => {
    const [rows, columns] = [1451, 1453];
    const engine = new Engine(1);
    const design = Blocks.layOut(engine, rows, columns, (j, _from, out) => {
      for (let i = 0; i < out.length; i++) out[i] = ((i * 7 + j * 13) % 11) - 5;
    });
    const { used } = engine.wasm;
    const outer = design.outerGram(Float64Array.from({ length: columns }, (_, j) => 1 + (j % 3)));
    // Small whole numbers: every sum is exact.
    const entry = (a: number, b: number) => {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += design.column(j)[a] * (1 + (j % 3)) * design.column(j)[b];
      return sum;
    };
    for (const a of [0, 1, 3, 4, 700, 725, 1447, 1448, 1450]) {
      for (const b of [0, 2, 5, 699, 1446, 1449, 1450]) {
        expect(outer[a * rows + b]).to.equal(entry(a, b));
        expect(outer[b * rows + a]).to.equal(entry(a, b));
      }
    }
    expect(engine.wasm.highWater - used).to.be.below(1.2 * 8 * rows * rows);
    engine.close();
  });
});
