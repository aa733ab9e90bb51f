import { DataError } from '../../errors.js';
import { type CsvInput, resolveSource } from '../bytes/source.js';
import { type DialectOptions, resolveDialect } from '../dialect/dialect.js';
import { CELL } from '../records/cell-places.js';
import { matchesAt } from '../records/white-space.js';
import { RecordStream } from './record-stream.js';
import { TextSink } from './text-sink.js';
import { cellOf } from './write-cell.js';

/** What the file was when it was read before. */
export interface KnownTable {
  readonly rows: number;
  readonly names: readonly string[];
}

/**
 * Writes a CSV file again with only some of its columns, in the file's order and in constant memory. Cells are copied byte for byte, except
 * those that would now be read differently: a first cell that looks like a comment, and an empty cell alone on its line, are quoted.
 *
 * @param take returns false once the reader has gone
 * @throws DataError when the file is not the one that was read before
 */
export async function selectColumns(
  input: CsvInput,
  options: DialectOptions,
  known: KnownTable,
  keep: ReadonlySet<string>,
  take: (bytes: Uint8Array) => Promise<boolean>,
): Promise<void> {
  const stream = await RecordStream.open(await resolveSource(input), resolveDialect(options));
  try {
    const { names } = stream;
    if (names.join('\0') !== known.names.join('\0')) throw changed(stream.source);
    const kept = [...names.keys()].filter((k) => keep.has(names[k]));
    const writer = new Selection(stream, kept);
    while (await stream.fill()) {
      while (stream.next()) writer.writePiece();
      if (!(await take(writer.sink.take()))) return;
    }
    if (writer.rows !== known.rows) throw changed(stream.source);
  } finally {
    await stream.close();
  }
}

function changed(source: string): DataError {
  return new DataError(`${source}: has changed while it was read; run again when it is complete`);
}

class Selection {
  readonly sink = new TextSink();
  rows = 0;
  private readonly delimiter: Buffer;
  private readonly comment: Buffer | null;

  constructor(
    private readonly stream: RecordStream,
    private readonly kept: readonly number[],
  ) {
    const { delimiter, comment } = stream.dialect;
    this.delimiter = Buffer.from(delimiter);
    this.comment = comment === null ? null : Buffer.from(comment);
  }

  writePiece(): void {
    const { stream, sink, delimiter } = this;
    const { text, from, start, contentEnd, end } = stream;
    if (!stream.isRecord) {
      sink.bytes(text, from, end);
      return;
    }
    if (!stream.isHeader) this.rows++;
    sink.bytes(text, from, start);
    this.kept.forEach((k, index) => {
      if (index > 0) sink.bytes(delimiter, 0, delimiter.length);
      if (index === 0 && this.needsQuotes(k)) this.writeQuoted(k);
      else sink.bytes(text, stream.cells.rawFrom[k], stream.cells.rawTo[k]);
    });
    sink.bytes(text, contentEnd, end);
  }

  /** Whether the cell, now the first of its line, would be a comment, or no record at all. */
  private needsQuotes(k: number): boolean {
    const { cells, text } = this.stream;
    if (cells.kind[k] !== CELL.bare) return false;
    if (cells.from[k] === cells.to[k]) return this.kept.length === 1;
    return k > 0 && this.comment !== null && matchesAt(text, cells.from[k], this.comment);
  }

  private writeQuoted(k: number): void {
    const value = cellOf(this.stream.value(k), this.stream.dialect, true);
    this.sink.latin1(Buffer.from(value).toString('latin1'));
  }
}
