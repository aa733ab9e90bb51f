import { pipeline } from 'node:stream/promises';
import { CsvError, Parser } from 'csv-parse';
import { DataError } from '../../errors.js';

/** The marks that divide a text into records and cells. */
export interface RecordMarks {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly comment: string | null;
}

/** Who takes the records; what it throws ends the reading. */
export interface RecordSink {
  /** @param line the 1-based line on which the record begins */
  record(cells: readonly string[], line: number): void;
  /** How a message names a cell: file, line and column. */
  where(line: number, cell: number): string;
}

/** A record above this is taken for a quote that was never closed. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/**
 * Divides a text into records, in order. White space around unquoted cells is removed; blank lines and comments are
 * left out; a quote inside an unquoted cell stands for itself.
 *
 * @param text UTF-8
 * @param firstLine the line on which the text begins
 * @throws DataError for an unclosed or misplaced quote
 */
export async function readRecords(
  text: AsyncIterable<Uint8Array>,
  marks: RecordMarks,
  sink: RecordSink,
  firstLine = 1,
): Promise<void> {
  const parser = new RecordParser(marks, sink, firstLine);
  parser.resume();
  try {
    await pipeline(text, parser);
  } catch (error) {
    throw error instanceof CsvError ? malformed(error, parser, sink) : error;
  }
}

/**
 * Hands each record over where it would enter the stream's queue. The parser's counters still belong to that record
 * here, and on_record, which would do the same, copies them twice for each: a third of the time.
 */
class RecordParser extends Parser {
  readonly lines: LineCounter;
  private failed = false;

  constructor(
    marks: RecordMarks,
    private readonly sink: RecordSink,
    firstLine: number,
  ) {
    super(parserOptions(marks));
    this.lines = new LineCounter(firstLine);
  }

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    // The parser goes on to the end of its chunk.
    if (!this.failed) this.deliver(record);
    return true;
  }

  private deliver(record: string[]): void {
    try {
      this.sink.record(record, this.lines.next(record, this.info));
    } catch (error) {
      this.failed = true;
      this.destroy(error as Error);
    }
  }
}

function parserOptions({ delimiter, quote, comment }: RecordMarks) {
  return {
    delimiter,
    quote,
    escape: quote,
    comment,
    // Otherwise a comment mark inside a cell would cut the record short in silence.
    comment_no_infix: true,
    // Discovery takes the first line end for all: a later one would be trimmed, or glued to a cell.
    record_delimiter: ['\r\n', '\n', '\r'],
    // With trim, this accepts quotes inside unquoted cells; text after a closing quote is still an error.
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    bom: false,
    columns: false,
    max_record_size: MAX_RECORD_BYTES,
  };
}

/** The parser's counters that can be trusted, and `lines`, which counts CRLF twice inside quotes. */
interface ParserInfo {
  readonly lines: number;
  readonly comment_lines: number;
  readonly empty_lines: number;
}

/** Keeps the line on which each record begins. */
class LineCounter {
  /** Lines taken by records so far. */
  private taken = 0;
  private skipped = 0;
  private seen = 1;

  constructor(private readonly firstLine: number) {}

  /** The line on which the record begins that the parser has just read. */
  next(cells: readonly string[], info: ParserInfo): number {
    const start = this.start(info);
    const skipped = info.comment_lines + info.empty_lines;
    // Cells are searched for line ends only if the parser has seen more than the one before this record.
    const inside = info.lines - this.seen - (skipped - this.skipped);
    const first = this.taken === 0 ? 0 : 1;
    this.taken += 1 + (inside > first ? countLineEnds(cells) : 0);
    this.skipped = skipped;
    this.seen = info.lines;
    return start;
  }

  /** The line on which the record begins that the parser is reading. */
  start(info: ParserInfo): number {
    return this.firstLine + this.taken + info.comment_lines + info.empty_lines;
  }
}

function countLineEnds(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (text.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** What the parser knows of the record it failed in; it has no public name for it. */
interface ParserState {
  readonly record: readonly string[];
  readonly field: { toString(encoding: string): string };
}

function malformed(error: CsvError, parser: RecordParser, sink: RecordSink): DataError {
  const { record, field } = (parser as unknown as { state: ParserState }).state;
  const opened = parser.lines.start(parser.info) + countLineEnds(record);
  const begin = sink.where(opened, record.length);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new DataError(`${begin}: the quote that opens here is never closed; close it, or change --quote`);
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return recordTooLong(begin);
  }
  const closed = opened + countLineEnds([field.toString('utf8')]);
  const quote = closed === opened ? 'the closing quote' : `the quote that closes the one on line ${opened}`;
  const remedy = 'double the quotes inside a quoted cell, or change --quote';
  return new DataError(`${sink.where(closed, record.length)}: there is text after ${quote}; ${remedy}`);
}

/** What is said of a record above `MAX_RECORD_BYTES`. */
export function recordTooLong(where: string): DataError {
  return new DataError(`${where}: the record is longer than 64 MiB; perhaps a quote is never closed`);
}
