import type { ByteSource } from '../../csv/bytes/source.js';
import { type CellOptions, ColumnRules } from '../../csv/dialect/column-rules.js';
import { type DialectOptions, resolveDialect } from '../../csv/dialect/dialect.js';
import { PlainLane } from '../../csv/stream/plain-lane.js';
import { RecordStream } from '../../csv/stream/record-stream.js';
import { TextSink } from '../../csv/stream/text-sink.js';
import { UsageError } from '../../errors.js';
import type { Engine } from '../../runtime/engine.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';
import { AnswerCells, type AnswerOptions, answerNames } from './answer-cells.js';
import { BlockScorer, wantedColumns } from './block-scorer.js';
import { BlockWriter } from './block-writer.js';
import { placeModel } from './placed-terms.js';
import { RowScorer, type ScoringPlan } from './row-scorer.js';
import { Tally } from './tally.js';

/** How a file is to be predicted. */
export interface PredictOptions extends AnswerOptions {
  /** How the file is to be read, where it is not as the training file was. */
  readonly reading: DialectOptions & CellOptions;
  /** Missing cells and unseen levels are errors. */
  readonly strict: boolean;
}

/** How the work is done; none of it changes a byte of the result. */
export interface PredictMeans {
  /** The compiled kernels, asked for when a file is large; null: none. */
  readonly engine: (() => Engine) | null;
  /** Bytes of text at a time: at first, and when the file turns out to be large. */
  readonly window?: number;
  readonly largeWindow?: number;
}

/** Where the bytes go; false once the reader has gone. They may be reused after the promise has settled. */
export type ByteTaker = (bytes: Uint8Array) => Promise<boolean>;

const LARGE_WINDOW = 8 * 1024 * 1024;

/**
 * Copies a CSV file and appends the model's predictions to each row, in constant memory. Everything in the file is copied byte for byte:
 * cells, quotes, blank lines, comments, line ends. The output is UTF-8.
 *
 * Cost: large plain files (see `readPlain`) go through the compiled kernels at memory speed, all else record by record.
 *
 * @throws DataError for a column that is missing, a cell that the model cannot take and a file that is malformed
 */
export async function predictStream(
  model: Model,
  source: ByteSource,
  options: PredictOptions,
  take: ByteTaker,
  means: PredictMeans,
): Promise<Tally> {
  const reading = { ...model.csv, ...options.reading };
  const stream = await RecordStream.open(source, resolveDialect(reading), means.window);
  try {
    const tally = new Tally();
    const writer = new PredictionWriter(model, stream, reading, options, tally);
    while (await stream.fill()) {
      writer.accelerate(means);
      for (const bytes of writer.pieces()) if (!(await take(bytes))) return tally;
    }
    return tally;
  } finally {
    await stream.close();
  }
}

/** Writes what a stream holds. */
class PredictionWriter {
  private readonly plan: ScoringPlan;
  private readonly cells: AnswerCells;
  private readonly scorer: RowScorer;
  private readonly sink = new TextSink();
  private block: BlockWriter | null = null;

  constructor(
    model: Model,
    private readonly stream: RecordStream,
    reading: CellOptions,
    private readonly options: PredictOptions,
    private readonly tally: Tally,
  ) {
    const { dialect, names, source } = stream;
    const placed = placeModel(model, stream.header, source);
    if (!options.only && dialect.header) refuseCollision(model, names, options);
    const rules = new ColumnRules(reading, dialect.decimal);
    this.plan = { model, placed, rules, strict: options.strict };
    this.cells = new AnswerCells(model, dialect, options);
    this.scorer = new RowScorer(this.plan, stream, tally);
  }

  /** Switches to the compiled kernels if the file is larger than the first window. */
  accelerate({ engine, largeWindow = LARGE_WINDOW }: PredictMeans): void {
    const { stream, plan, tally } = this;
    const isLarge = !stream.final && stream.isFull;
    if (this.block !== null || engine === null || !isLarge || !PlainLane.knows(stream.dialect)) return;
    // The kernels know the common rules only.
    if (stream.names.some((name) => plan.rules.hasOwn(name))) return;
    const wanted = wantedColumns(plan.placed);
    const lane = new PlainLane(engine().startThreads(), stream, wanted, plan, largeWindow);
    const scorer = new BlockScorer(plan, stream.names);
    this.block = new BlockWriter(stream, lane, scorer, this.cells, tally, this.options.only);
  }

  /** All that can be written of what the stream holds; each piece is valid until the next is asked for. */
  *pieces(): Generator<Uint8Array> {
    const { stream, sink, block } = this;
    while (stream.headerIsDue && stream.next()) this.writePiece();
    yield sink.take();
    const bytes = block?.write() ?? null;
    if (bytes !== null) yield bytes;
    while (stream.next()) this.writePiece();
    yield sink.take();
  }

  private writePiece(): void {
    const { stream, sink, cells } = this;
    const { only } = this.options;
    const { text, from, contentEnd, end } = stream;
    if (!stream.isRecord) {
      if (!only) sink.bytes(text, from, end);
      return;
    }
    const answer = stream.isHeader ? cells.header : cells.bytesOf(this.scorer.score());
    if (!only) sink.bytes(text, from, contentEnd);
    sink.latin1(answer);
    sink.bytes(text, contentEnd, end);
  }
}

function refuseCollision(model: Model, names: readonly string[], options: AnswerOptions): void {
  const taken = new Set(names);
  const name = answerNames(model, options).find((candidate) => taken.has(candidate));
  if (name === undefined) return;
  throw new UsageError(
    `the file has a column ${shown(name)} already; give the new columns other names with --prefix, as in --prefix new_`,
  );
}
