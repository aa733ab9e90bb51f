import { DataError } from '../../errors.js';
import { transcoded } from '../bytes/decode.js';
import { emptyInput, place } from '../bytes/location.js';
import { peek } from '../bytes/peek.js';
import type { ByteSource } from '../bytes/source.js';
import { type StoredText, storedText } from '../bytes/stored-text.js';
import { countLineEnds, TextFeed, type TextMemory } from '../bytes/text-feed.js';
import type { Dialect } from '../dialect/dialect.js';
import { type Header, headerOf, numberedHeader } from '../dialect/header.js';
import { ragged } from '../dialect/ragged.js';
import type { CellPlaces } from '../records/cell-places.js';
import { cellValue, cellValues } from '../records/cell-values.js';
import { RecordScanner } from '../records/record-scanner.js';
import { MAX_RECORD_BYTES, readRecords, recordTooLong } from '../records/records.js';
import { beginningOf, SAMPLE_BYTES } from '../records/sniff.js';

/** A dialect whose delimiter has been found. */
export interface KnownDialect extends Dialect {
  readonly delimiter: string;
}

/** How much text is kept in memory, unless a record is longer. */
export const WINDOW_BYTES = 1024 * 1024;

/**
 * A CSV file piece by piece, in order, as it stands in the text, in constant memory:
 *
 *     while (await stream.fill()) while (stream.next()) use(stream.text, stream.from, stream.end)
 *
 * A piece is a record with the blank lines and comments before it, or (`isRecord` false) only blank lines and comments. Every byte of the
 * text belongs to one piece, so writing all pieces reproduces the file. The first record is the header where there is one.
 */
export class RecordStream {
  header: Header = numberedHeader(0);
  /** The piece begins here; its record here; the record's line end; the next piece. Places in `text`, until the next `fill`. */
  from = 0;
  start = 0;
  contentEnd = 0;
  end = 0;
  isRecord = false;
  isHeader = false;
  /** The 1-based line on which the record begins. */
  line = 1;

  /** Whether the header is still to come. */
  headerIsDue: boolean;
  private malformed = false;

  private constructor(
    /** What the file is called in messages. */
    readonly source: string,
    readonly dialect: KnownDialect,
    private readonly feed: TextFeed,
    /** Bytes before the first record that are no record: a line `sep=;`. 0 once they have been given as a piece. */
    private skipped: number,
    private readonly scanner = new RecordScanner(dialect),
  ) {
    this.headerIsDue = dialect.header;
  }

  /**
   * Opens a source, once, so that it can be a pipe; finds the delimiter as `readCsv` does, and the names of the columns.
   *
   * @throws DataError when the file cannot be read, is empty, or has a header that is refused
   */
  static async open(source: ByteSource, dialect: Dialect, window = WINDOW_BYTES): Promise<RecordStream> {
    const stored = await storedText(source, dialect.encoding);
    const { head, from } = stored === null ? await sampleFrom(source, dialect) : sampleOf(stored);
    const whole = head.length < SAMPLE_BYTES;
    const { delimiter, skipped } = beginningOf(head, whole, dialect);
    const feed = new TextFeed(source.name, from, dialect.encoding, window);
    const stream = new RecordStream(source.name, { ...dialect, delimiter }, feed, skipped);
    try {
      await stream.readNames();
    } catch (error) {
      await feed.close();
      throw error;
    }
    return stream;
  }

  /** The columns, in the file's order. */
  get names(): readonly string[] {
    return this.header.names;
  }

  get text(): Buffer {
    return this.feed.text;
  }

  /** Whether `text` is full. */
  get isFull(): boolean {
    return this.feed.isFull;
  }

  /** How many bytes `text` can hold. */
  get capacity(): number {
    return this.feed.capacity;
  }

  get cells(): CellPlaces {
    return this.scanner.cells;
  }

  /** Whether the text ends where `text` does. */
  get final(): boolean {
    return this.feed.final;
  }

  /** The value of a cell of the record. */
  value(k: number): string {
    return cellValue(this.text, this.cells, k, this.dialect.quote);
  }

  /** How a message names a cell of the record. */
  where(column: number): string {
    return place(this.source, this.line, this.names[column]);
  }

  /**
   * Reads on when `next` has found no more; all places are void then. False at the end of the file.
   *
   * @throws DataError for a malformed record, a record above 64 MiB, and bytes that are no text
   */
  async fill(): Promise<boolean> {
    const { feed } = this;
    if (this.malformed) throw await this.fault();
    if (feed.final && this.end === feed.text.length) return false;
    if (this.end === 0 && feed.isFull) this.widen();
    await feed.fill(this.end, 1 + this.scanner.lines);
    this.from = 0;
    this.end = 0;
    return feed.text.length > 0;
  }

  /** Goes to the next piece; false where the text has to be filled first. @throws DataError for a record too short or long */
  next(): boolean {
    const { feed, scanner } = this;
    if (this.malformed || this.end === feed.text.length) return false;
    if (this.skipped > 0) return this.takeSkipped();
    const found = scanner.scan(feed.text, this.end, feed.final);
    if (found === 'record') {
      this.take(scanner.end);
      this.isRecord = true;
      this.isHeader = this.headerIsDue;
      this.headerIsDue = false;
      this.start = scanner.start;
      this.contentEnd = scanner.contentEnd;
      this.line = 1 + scanner.linesBefore;
      if (scanner.cells.count !== this.names.length) throw this.ragged();
      return true;
    }
    this.malformed = found === 'fault';
    // A line feed that belongs to a carriage return may be still to come.
    const idleEnd = found === 'end' || scanner.start < feed.text.length ? scanner.start : this.end;
    return this.takeIdle(found === 'end' ? scanner.end : idleEnd, found === 'end');
  }

  /** Skips to a later position where a record may begin, that many lines further, after text that was read by other means. */
  skipTo(end: number, lines: number): void {
    this.end = end;
    this.scanner.lines += lines;
    this.headerIsDue = false;
  }

  /** Lays the text in other memory, of at least so many bytes. */
  move(bytes: number, allocate: TextMemory): void {
    this.feed.move(bytes, allocate);
  }

  /** Ends the reading before the end of the file. */
  close(): Promise<void> {
    return this.feed.close();
  }

  private take(end: number): void {
    this.from = this.end;
    this.end = end;
  }

  private takeSkipped(): boolean {
    this.take(this.skipped);
    this.skipped = 0;
    this.scanner.lines = 1;
    this.isRecord = false;
    return true;
  }

  private takeIdle(end: number, all: boolean): boolean {
    if (end === this.end) return false;
    if (!all) this.scanner.lines = this.scanner.linesBefore;
    this.take(end);
    this.isRecord = false;
    this.isHeader = false;
    return true;
  }

  /** The names of the columns, from the first record, which is then the next record again. */
  private async readNames(): Promise<void> {
    const { scanner, feed } = this;
    scanner.lines = this.skipped > 0 ? 1 : 0;
    let found = 'more';
    while (found === 'more' && (await this.fill())) found = scanner.scan(feed.text, this.skipped, feed.final);
    this.malformed = found === 'fault';
    if (this.malformed) throw await this.fault();
    if (found !== 'record') throw emptyInput(this.source);
    const cells = cellValues(feed.text, scanner.cells, this.dialect.quote);
    this.header = this.dialect.header ? headerOf(cells) : numberedHeader(cells.length);
    scanner.lines = 0;
  }

  /** A record is longer than the memory. */
  private widen(): void {
    const { feed, scanner } = this;
    if (feed.capacity > MAX_RECORD_BYTES) {
      const { count, rawTo } = scanner.cells;
      const opened = count === 0 ? scanner.start : rawTo[count - 1];
      const line = 1 + scanner.linesBefore + countLineEnds(feed.text.subarray(scanner.start, opened));
      throw recordTooLong(place(this.source, line, this.names[count]));
    }
    feed.move(Math.min(2 * feed.capacity, MAX_RECORD_BYTES + WINDOW_BYTES));
  }

  private ragged(): DataError {
    const cells = cellValues(this.text, this.scanner.cells, this.dialect.quote);
    return ragged(place(this.source, this.line), cells, this.names, this.dialect.header);
  }

  /** csv-parse's error for the record that it refuses. */
  private async fault(): Promise<DataError> {
    const { scanner, names, source } = this;
    const line = 1 + scanner.linesBefore;
    const where = (on: number, cell: number) => place(source, on, names[cell]);
    const text = this.text.subarray(scanner.start);
    async function* once() {
      yield text;
    }
    try {
      await readRecords(once(), this.dialect, { record: () => {}, where }, line);
    } catch (error) {
      return error as DataError;
    }
    return new DataError(
      `${where(line, 0)}: a comment follows an empty quoted cell; put it on a line of its own`,
    );
  }
}

async function sampleFrom(source: ByteSource, { encoding }: Dialect) {
  const { head, all } = await peek(transcoded(source, encoding), SAMPLE_BYTES);
  return { head, from: all };
}

function sampleOf(from: StoredText) {
  const head = Buffer.alloc(SAMPLE_BYTES);
  return { head: head.subarray(0, from.bytes.read(head, from.start)), from };
}
