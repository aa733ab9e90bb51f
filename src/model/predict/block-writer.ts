import type { PlainLane, PlainRows } from '../../csv/stream/plain-lane.js';
import type { RecordStream } from '../../csv/stream/record-stream.js';
import type { AnswerCells } from './answer-cells.js';
import type { BlockScorer } from './block-scorer.js';
import type { Tally } from './tally.js';

const CR = 13;

/** Writes the plain rows of a stream with their predictions, many at once. */
export class BlockWriter {
  constructor(
    private readonly stream: RecordStream,
    private readonly lane: PlainLane,
    private readonly scorer: BlockScorer,
    private readonly cells: AnswerCells,
    private readonly tally: Tally,
    private readonly only: boolean,
  ) {}

  /** The bytes of the rows that the stream holds, which then goes on behind them; null where they are left to it. */
  write(): Uint8Array | null {
    let bytes: Uint8Array | null = null;
    this.lane.read((rows) => {
      bytes = this.bytesOf(rows);
      return bytes !== null;
    });
    return bytes;
  }

  private bytesOf(rows: PlainRows): Uint8Array | null {
    const { cells } = this;
    const eta = this.scorer.score(rows, this.stream.text, this.tally);
    if (eta === null) return null;
    return this.only ? this.answersAlone(rows, eta) : rows.insert((row) => cells.bytesOf(eta[row]));
  }

  /** The answers with the line ends of their rows. */
  private answersAlone(rows: PlainRows, eta: Float64Array): Uint8Array {
    const { text } = this.stream;
    let answers = '';
    for (let row = 0; row < rows.rows; row++) {
      const isPair = text[rows.ends[row] - text.byteOffset - 2] === CR;
      answers += this.cells.bytesOf(eta[row]) + (isPair ? '\r\n' : '\n');
    }
    return Buffer.from(answers, 'latin1');
  }
}
