import { isUtf8 } from 'node:buffer';
import { HEAD_BYTES, isPacked } from '../bytes/gunzip.js';
import type { StoredBytes } from '../bytes/stored-bytes.js';
import type { ColumnRules } from '../dialect/column-rules.js';
import type { Dialect } from '../dialect/dialect.js';
import { type Header, headerOf, numberedHeader } from '../dialect/header.js';
import { isPlainDelimiter, isPlainDialect, plainCells } from '../records/plain-cells.js';
import { readRecords } from '../records/records.js';
import { beginningOf, SAMPLE_BYTES } from '../records/sniff.js';
import { mustBePlain } from './not-plain.js';

/** What has been asked for. */
export interface PlainRequest {
  /** What the file is called in messages. */
  readonly source: string;
  readonly dialect: Dialect;
  readonly rules: ColumnRules;
  /** Names of columns that are text whatever their cells are. */
  readonly text: ReadonlySet<string>;
}

/** What the beginning and the end of a file show. */
export interface PlainPlan {
  readonly names: readonly string[];
  readonly header: Header;
  /** Codes of the delimiter and the quote; 256 for no quote. */
  readonly delimiter: number;
  readonly quote: number;
  /** The bytes of the rows: after the header, before the line ends at the end. */
  readonly start: number;
  readonly end: number;
  /** Whether a line `sep=;` was left out before it. */
  readonly sepLine: boolean;
  /** The line of the first row. */
  readonly firstLine: number;
  /** Bytes of the first line. */
  readonly lineBytes: number;
}

/** csv-parse reads files whose first line is longer. */
const MAX_LINE = 16 * 1024 * 1024;

/**
 * Determines dialect and header as csv-parse's reader does: the delimiter is sniffed in the same sample, and csv-parse splits the first
 * line. @throws NotPlain, and DataError for a header that is refused
 */
export async function planPlain(bytes: StoredBytes, request: PlainRequest): Promise<PlainPlan> {
  const { dialect } = request;
  mustBePlain(isPlainDialect(dialect));
  const textStart = afterMark(bytes);
  const sample = slice(bytes, textStart, textStart + SAMPLE_BYTES);
  const { delimiter, skipped } = beginningOf(sample, sample.length < SAMPLE_BYTES, dialect);
  mustBePlain(isPlainDelimiter(delimiter));
  const start = textStart + skipped;
  const line = firstLine(bytes, start, sample.subarray(skipped));
  const cells = await soleRecord(line, { ...dialect, delimiter });
  const header = dialect.header ? headerOf(cells) : numberedHeader(cells.length);
  return {
    names: header.names,
    header,
    delimiter: delimiter.charCodeAt(0),
    quote: dialect.quote?.charCodeAt(0) ?? 256,
    start: start + (dialect.header ? line.length : 0),
    end: beforeLineEnds(bytes),
    sepLine: skipped > 0,
    firstLine: (dialect.header ? 2 : 1) + (skipped > 0 ? 1 : 0),
    lineBytes: line.length,
  };
}

/** The place after a byte order mark of UTF-8. */
function afterMark(bytes: StoredBytes): number {
  const head = slice(bytes, 0, HEAD_BYTES);
  mustBePlain(!isPacked(head) && head.length === HEAD_BYTES);
  const mark = head.readUInt16BE(0);
  mustBePlain(mark !== 0xfeff && mark !== 0xfffe);
  return head.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
}

function slice(bytes: StoredBytes, from: number, to: number): Buffer {
  const target = Buffer.alloc(Math.max(0, Math.min(to, bytes.size) - from));
  mustBePlain(bytes.read(target, from) === target.length);
  return target;
}

/** The bytes of the first line, its end included. */
function firstLine(bytes: StoredBytes, start: number, sample: Buffer): Buffer {
  let text = sample;
  while (!text.includes(10)) {
    mustBePlain(text.length < MAX_LINE && start + text.length < bytes.size);
    text = slice(bytes, start, start + 2 * text.length);
  }
  return text.subarray(0, text.indexOf(10) + 1);
}

/** The cells of a line that is one record. */
async function soleRecord(line: Buffer, marks: Dialect & { readonly delimiter: string }): Promise<string[]> {
  mustBePlain(isUtf8(line) && !line.includes(0));
  const cells = plainCells(line.toString('latin1'), marks.delimiter, marks.quote);
  if (cells !== null) return cells;
  const records: string[][] = [];
  async function* once() {
    yield line;
  }
  await readRecords(once(), marks, {
    record: (cells) => void records.push([...cells]),
    where: () => '',
  });
  mustBePlain(records.length === 1);
  return records[0];
}

/** How many line ends at the end of a file are checked; a file with more is not plain. */
const TAIL = 4096;

/** The place after the last byte that is no line end: blank lines at the end of a file mean nothing. */
function beforeLineEnds(bytes: StoredBytes): number {
  const from = Math.max(0, bytes.size - TAIL);
  const tail = slice(bytes, from, bytes.size);
  let length = tail.length;
  while (length > 0 && (tail[length - 1] === 10 || tail[length - 1] === 13)) length--;
  mustBePlain(length > 0);
  return from + length;
}
