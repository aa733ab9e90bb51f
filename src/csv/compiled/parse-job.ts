import type { Engine } from '../../runtime/engine.js';
import type { Lane, LineFeeds } from './lanes.js';
import { mustBePlain } from './not-plain.js';
import type { PlainPlan, PlainRequest } from './plan.js';
import { powersOfFive } from './powers-of-five.js';
import { shapesOfNumbers } from './shapes.js';
import { type Sizes, tileBytes } from './sizes.js';
import type { Window } from './windows.js';

/** The word of the job that says where row ends are written. */
const ROW_ENDS = 14;

/** Cells of one window that may be left to TypeScript; a file with more is not plain. */
const MAX_UNDECIDED = 4096;

/** The job of csvCount and csvParse, laid out in the shared memory as src/assembly/csv/parse.ts reads it. */
export class ParseJob {
  private readonly words: Uint32Array;
  private readonly count: Uint32Array;
  private readonly pieces: Uint32Array;
  private readonly lanes: Uint32Array;
  private readonly undecided: Uint32Array;
  private readonly flag: Uint32Array;
  /** A byte a column: 1 for text. */
  readonly kinds: Uint8Array;
  /** A word a column: the address of the eight bytes of row 0, modulo 2^32. */
  readonly targets: Uint32Array;
  /** Missing cells by column. */
  readonly missing: Uint32Array;
  /** A byte a column: 1 when a cell is neither a number nor missing. */
  readonly others: Uint8Array;

  constructor(
    private readonly engine: Engine,
    plan: Pick<PlainPlan, 'names' | 'delimiter' | 'quote'>,
    request: Pick<PlainRequest, 'rules'>,
    private readonly sizes: Sizes,
    base: number,
  ) {
    const columns = plan.names.length;
    const pieces = Math.ceil(sizes.window / sizes.piece) + 1;
    this.pieces = this.allocate(2 * pieces);
    this.count = this.allocate(4);
    this.lanes = this.allocate(4 * pieces);
    this.targets = this.allocate(columns);
    this.missing = this.allocate(columns);
    this.flag = this.allocate(1);
    this.undecided = this.allocate(2 + 4 * MAX_UNDECIDED);
    this.kinds = bytesOf(this.allocate(Math.ceil(columns / 4)), columns);
    this.others = bytesOf(this.allocate(Math.ceil(columns / 4)), columns);
    const powers = powersOfFive();
    const table = this.allocate(2 * powers.length);
    new BigUint64Array(table.buffer, table.byteOffset, powers.length).set(powers);
    const shapes = shapesOfNumbers();
    const shapeBytes = this.allocate(shapes.length / 4);
    bytesOf(shapeBytes, shapes.length).set(shapes);
    const marks = marksOf(request);
    const markBytes = this.allocate(Math.ceil(marks.length / 4));
    bytesOf(markBytes, marks.length).set(marks);
    this.words = this.allocate(16);
    const at = [this.lanes, columns, this.kinds, this.targets, sizes.tile, plan.delimiter, plan.quote];
    const rest = [
      markBytes,
      this.flag,
      this.missing,
      this.others,
      this.undecided,
      table,
      base,
      0,
      shapeBytes,
    ];
    this.words.set([...at, ...rest].map((word) => (typeof word === 'number' ? word : word.byteOffset)));
    this.kinds.fill(0);
    this.clear();
  }

  /** Resets the counts of earlier runs. */
  clear(): void {
    for (const array of [this.missing, this.flag, this.others]) array.fill(0);
  }

  /** Requests the positions after the line feeds: a word per row. */
  noteRowEnds(address: number): void {
    this.words[ROW_ENDS] = address;
  }

  /** Counts the line feeds of a window. */
  countLines({ from, to }: Window): LineFeeds {
    const { piece } = this.sizes;
    const lanes = Math.ceil((to - from) / piece);
    this.count.set([from, to, piece, this.pieces.byteOffset]);
    this.engine.pool.run('csvCount', this.count.byteOffset, lanes);
    const pieces = this.pieces.subarray(0, 2 * lanes);
    let total = 0;
    for (let k = 0; k < pieces.length; k += 2) total += pieces[k];
    return { total, pieces };
  }

  /** Reads lanes to the targets. @param meanwhile what this thread does first; @throws NotPlain */
  run(lanes: readonly Lane[], meanwhile?: () => void): void {
    lanes.forEach(({ from, to, firstRow, lastRow }, k) => {
      this.lanes.set([from, to, firstRow, lastRow], 4 * k);
    });
    this.undecided.set([0, MAX_UNDECIDED]);
    const scratch = tileBytes(this.kinds.length, this.sizes);
    this.engine.pool.run('csvParse', this.words.byteOffset, lanes.length, { scratch, meanwhile });
    mustBePlain(this.flag[0] === 0);
  }

  /** Cells of the last run that are to be read from their text. */
  *undecidedCells(): Generator<UndecidedCell> {
    for (let k = 0; k < this.undecided[0]; k++) {
      const [row, column, from, to] = this.undecided.subarray(2 + 4 * k, 6 + 4 * k);
      yield { row, column, from, to };
    }
  }

  private allocate(words: number): Uint32Array {
    const address = this.engine.wasm.allocate(4 * words);
    return new Uint32Array(this.engine.wasm.memory.buffer, address, words);
  }
}

/** A number that the kernels leave alone, and where its text is. */
export interface UndecidedCell {
  readonly row: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

function bytesOf(words: Uint32Array, length: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, length);
}

/** The texts that count as missing as csvParse reads them: two counts, then length and bytes of each, numbers first. */
function marksOf({ rules: { na, common } }: Pick<PlainRequest, 'rules'>): Buffer {
  const marks = [...new Set(na.map((text) => text.trim()))].filter((mark) => mark !== '');
  const numbers = marks.filter((mark) => common.isMissingNumber(mark));
  const others = marks.filter((mark) => !common.isMissingNumber(mark));
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const entries = [...numbers, ...others].flatMap((mark) => [
    word(Buffer.byteLength(mark)),
    Buffer.from(mark),
  ]);
  return Buffer.concat([word(marks.length), word(numbers.length), ...entries]);
}
