import type { Engine } from '../../runtime/engine.js';
import { cutLanes } from '../compiled/lanes.js';
import { NotPlain } from '../compiled/not-plain.js';
import { ParseJob } from '../compiled/parse-job.js';
import type { PlainRequest } from '../compiled/plan.js';
import { type Sizes, sizesOf } from '../compiled/sizes.js';
import { isPlainDelimiter, isPlainDialect } from '../records/plain-cells.js';
import { insertTexts, type RowEnds } from './insert-job.js';
import type { KnownDialect, RecordStream } from './record-stream.js';

/** Which columns are read, and as what. The others are only divided. */
export interface WantedColumns {
  readonly numbers: readonly number[];
  readonly texts: readonly number[];
  /** Columns that must hold numbers, whatever they are. */
  readonly checked: readonly number[];
}

/** Rows that have been read; valid inside `PlainLane.read`. */
export interface PlainRows extends RowEnds {
  /** The numbers of a wanted column; NaN for a missing cell. */
  numbers(column: number): Float64Array;
  /** The places of the texts of a wanted column: two words a cell, see `TextMeanings`. */
  texts(column: number): Uint32Array;
  /** Missing cells of a column of numbers. */
  missing(column: number): number;
  /** The bytes of the rows with a Latin-1 text in front of each line end. Valid until the next `read`. */
  insert(textOf: (row: number) => string): Buffer;
}

const LF = 10;
/** The kernels read so many bytes past the end of a text. */
const SLACK = 64;
const TEXT = 1;

/**
 * The rows of a stream as far as they are plain (see `readPlain`), by the compiled kernels: the same cells and numbers that the
 * stream itself gives record by record.
 */
export class PlainLane {
  private job: ParseJob | null = null;
  private base = -1;
  private readonly sizes: Sizes;
  private readonly asTexts: Uint8Array;

  /** Moves the text of the stream into the memory of the kernels. @param window bytes of text at a time */
  constructor(
    private readonly engine: Engine,
    private readonly stream: RecordStream,
    private readonly wanted: WantedColumns,
    private readonly request: Pick<PlainRequest, 'rules'>,
    window: number,
  ) {
    // A long record may have asked for more already.
    const capacity = Math.max(window, stream.capacity);
    const columns = stream.names.length;
    this.sizes = { ...sizesOf(columns, 0), window: capacity };
    this.asTexts = new Uint8Array(columns).fill(TEXT);
    for (const column of [...wanted.numbers, ...wanted.checked]) this.asTexts[column] = 0;
    stream.move(capacity, (bytes) => {
      const address = engine.wasm.allocate(bytes + SLACK);
      return Buffer.from(engine.wasm.memory.buffer, address, bytes);
    });
  }

  /** Whether the kernels know a dialect. */
  static knows(dialect: KnownDialect): boolean {
    return isPlainDialect({ ...dialect, encoding: 'utf-8' }) && isPlainDelimiter(dialect.delimiter);
  }

  /**
   * Reads the whole lines that the stream holds. If `use` takes them, the stream goes on behind them; it does not where something
   * is not plain, where a column of numbers holds something else, and where `use` says false.
   */
  read(use: (rows: PlainRows) => boolean): boolean {
    const { stream } = this;
    const end = stream.text.lastIndexOf(LF) + 1;
    if (end <= stream.end) return false;
    try {
      const job = this.jobAt(stream.text.byteOffset);
      const count = this.engine.wasm.scoped(() => {
        const rows = this.parse(job, stream.text.byteOffset + stream.end, stream.text.byteOffset + end);
        return use(rows) ? rows.rows : -1;
      });
      if (count >= 0) stream.skipTo(end, count);
      return count >= 0;
    } catch (error) {
      if (error instanceof NotPlain) return false;
      throw error;
    }
  }

  /** The job; another one where the text has moved, for a long record. */
  private jobAt(base: number): ParseJob {
    if (this.job !== null && this.base === base) return this.job;
    const { dialect, names } = this.stream;
    const marks = {
      names,
      delimiter: dialect.delimiter.charCodeAt(0),
      quote: dialect.quote?.charCodeAt(0) ?? 256,
    };
    const sizes = { ...this.sizes, window: this.stream.capacity };
    this.job = new ParseJob(this.engine, marks, this.request, sizes, base);
    this.job.kinds.set(this.asTexts);
    this.base = base;
    return this.job;
  }

  /** @throws NotPlain */
  private parse(job: ParseJob, from: number, to: number): PlainRows {
    const { wasm } = this.engine;
    job.clear();
    const lines = job.countLines({ from, to });
    const rows = lines.total;
    const words = (address: number, length: number) => new Uint32Array(wasm.memory.buffer, address, length);
    const ends = wasm.allocate(4 * rows);
    // Columns that are not wanted are all written to the same place.
    job.targets.fill(wasm.allocate(8 * rows));
    for (const column of [...this.wanted.numbers, ...this.wanted.texts]) {
      job.targets[column] = wasm.allocate(8 * rows);
    }
    job.noteRowEnds(ends);
    job.run(cutLanes({ from, to }, lines, 0, this.sizes));
    this.resolve(job);
    if (job.others.some((other) => other !== 0)) throw new NotPlain();
    const rowEnds = { rows, from, ends: words(ends, rows) };
    return {
      ...rowEnds,
      numbers: (column) => wasm.doublesAt(job.targets[column], rows),
      texts: (column) => words(job.targets[column], 2 * rows),
      missing: (column) => job.missing[column],
      insert: (textOf) => insertTexts(this.engine, rowEnds, textOf),
    };
  }

  /** Reads the cells whose nearest double the kernels did not decide. @throws NotPlain for numbers too large for a double */
  private resolve(job: ParseJob): void {
    for (const { row, column, from, to } of job.undecidedCells()) {
      const text = this.stream.text.toString('latin1', from - this.base, to - this.base);
      const value = this.request.rules.common.toNumber(text);
      if (Number.isNaN(value)) throw new NotPlain();
      this.engine.wasm.doublesAt(job.targets[column] + 8 * row, 1)[0] = value;
    }
  }
}
