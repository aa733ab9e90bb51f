// The fast lane for CSV: plain text to columns. A window of text ends with a line feed and is cut into lanes of whole rows.
// Each lane reads its rows into a tile, row by row, and turns tiles into columns, so that whole cache lines are written
// however wide the rows are. Whatever is not plain raises the flag, and the whole file is read by csv-parse instead.
import { NUMBER, parseNumber, parsed, runLength, shortNumber, UNDECIDED } from './number';

// Words of the job of csvParse, in the order of src/csv/parse-job.ts.
/** Four words a lane: first byte, byte after the last, first row, row after the last. */
const LANES: usize = 0;
const COLUMNS: usize = 4;
/** A byte for each column: 0 numeric, 1 text. */
const KINDS: usize = 8;
/** A word for each column: the address of the 8 bytes of row 0. */
const TARGETS: usize = 12;
/** Rows of a tile. */
const TILE: usize = 16;
const DELIMITER: usize = 20;
/** The quote, or 256 for none. */
const QUOTE: usize = 24;
/** Texts that count as missing: how many, how many of them (the first) are numbers, then length, bytes for each. */
const MARKS: usize = 28;
/** A word that is not zero as soon as something is not plain. */
const FLAG: usize = 32;
/** A word for each column: missing cells. */
const MISSING: usize = 36;
/** A byte for each column: whether a cell is neither a number nor missing. */
const OTHERS: usize = 40;
/** Cells that are resolved from their text: count, capacity, then row, column, first byte, byte after the last for each. */
const UNDECIDED_CELLS: usize = 44;
const POWERS: usize = 48;
/** The address from which places of texts count. */
const BASE: usize = 52;
/** A word for each row: the address after its line feed; or 0 where nobody asks. */
const ROW_ENDS: usize = 56;
/** The table of src/csv/compiled/shapes.ts. */
const SHAPES: usize = 60;

const LF: u32 = 10;
const CR: u32 = 13;
const NOTHING: f64 = NaN;

/** Bytes of a text cell, at most; its place is 32 bits of address, 14 of length, 18 of hash. */
const LONGEST: usize = (1 << 14) - 1;

/** Doubles between the rows of a tile beyond the columns: keeps rows apart in the sets of a cache. */
const PADDING: usize = 8;

/** Bounds of the last cell read by `bounds`, trimmed, and where it ended; quoted or not. */
let cellFrom: usize = 0;
let cellTo: usize = 0;
let wasQuoted: bool = false;

/** [first byte, byte after the last, bytes a lane, out]: line feeds of the lane, and the address of the first, or 0. */
export function csvCount(job: usize, lane: u32, _lanes: u32, _scratch: usize): void {
  const size = <usize>load<u32>(job, 8);
  const from = <usize>load<u32>(job) + <usize>lane * size;
  const to = min(from + size, <usize>load<u32>(job, 4));
  const feed = i8x16.splat(<i8>LF);
  let count: u32 = 0;
  let first: usize = 0;
  let at = from;
  for (; at + 16 <= to; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), feed));
    if (found != 0 && first == 0) first = at + <usize>ctz(found);
    count += popcnt(found);
  }
  for (; at < to; at++) {
    if (load<u8>(at) != LF) continue;
    if (first == 0) first = at;
    count++;
  }
  const out = <usize>load<u32>(job, 12) + (<usize>lane << 3);
  store<u32>(out, count);
  store<u32>(out, <u32>first, 4);
}

/** Reads the rows of a lane. @param scratch TILE * (COLUMNS + PADDING) doubles */
export function csvParse(job: usize, lane: u32, _lanes: u32, scratch: usize): void {
  const rows = <usize>load<u32>(job, LANES) + (<usize>lane << 4);
  let at = <usize>load<u32>(rows);
  const end = <usize>load<u32>(rows, 4);
  const lastRow = load<u32>(rows, 12);
  const tileRows = load<u32>(job, TILE);
  const pitch = (<usize>load<u32>(job, COLUMNS) + PADDING) << 3;
  const rowEnds = <usize>load<u32>(job, ROW_ENDS);
  let first = load<u32>(rows, 8);
  for (let row = first; row < lastRow; row++) {
    at = parseRow(job, at, row, scratch + <usize>(row - first) * pitch);
    if (at == 0 || at > end) return fail(job);
    if (rowEnds != 0) store<u32>(rowEnds + (<usize>row << 2), <u32>at);
    if ((row + 1) % tileRows == 0 || row + 1 == lastRow) {
      if (atomic.load<u32>(<usize>load<u32>(job, FLAG)) != 0) return;
      turn(job, scratch, pitch, first, row + 1 - first);
      first = row + 1;
    }
  }
  if (at != end) fail(job);
}

function fail(job: usize): void {
  atomic.store<u32>(<usize>load<u32>(job, FLAG), 1);
}

/** Writes the rows of a tile into the columns. */
function turn(job: usize, tile: usize, pitch: usize, first: u32, rows: u32): void {
  const columns = load<u32>(job, COLUMNS);
  const targets = <usize>load<u32>(job, TARGETS);
  for (let j: u32 = 0; j < columns; j++) {
    let source = tile + (<usize>j << 3);
    let out = <usize>load<u32>(targets + (<usize>j << 2)) + (<usize>first << 3);
    const end = out + (<usize>rows << 3);
    for (; out + 32 <= end; out += 32) {
      store<u64>(out, load<u64>(source));
      store<u64>(out, load<u64>(source + pitch), 8);
      store<u64>(out, load<u64>(source + 2 * pitch), 16);
      store<u64>(out, load<u64>(source + 3 * pitch), 24);
      source += 4 * pitch;
    }
    for (; out < end; out += 8) {
      store<u64>(out, load<u64>(source));
      source += pitch;
    }
  }
}

/** Reads a row into `out`; returns the address after its line feed, 0 if it is not plain. */
function parseRow(job: usize, at: usize, row: u32, out: usize): usize {
  const kinds = <usize>load<u32>(job, KINDS);
  const shapes = <usize>load<u32>(job, SHAPES);
  const last = load<u32>(job, COLUMNS) - 1;
  const plainMarks = load<u32>(<usize>load<u32>(job, MARKS), 4) == 0;
  const delimiter = load<u32>(job, DELIMITER);
  const delimiters = i8x16.splat(<i8>delimiter);
  for (let j: u32 = 0; j < last; j++) {
    const isNumeric = plainMarks && load<u8>(kinds + <usize>j) == 0;
    const next = isNumeric ? shortNumber(at, delimiters, shapes, out) : 0;
    at = next != 0 ? next : parseAny(job, at, row, j, out, delimiter, isNumeric);
    if (at == 0) return 0;
    out += 8;
  }
  const isNumeric = plainMarks && load<u8>(kinds + <usize>last) == 0;
  const next = isNumeric ? shortNumber(at, i8x16.splat(<i8>LF), shapes, out) : 0;
  return next != 0 ? next : parseAny(job, at, row, last, out, LF, isNumeric);
}

/** Reads any cell into `out`, with what must follow it; returns the address after that, 0 if it is not plain. */
function parseAny(job: usize, at: usize, row: u32, column: u32, out: usize, close: u32, isNumeric: bool): usize {
  if (isNumeric) {
    const after = at + runLength(at);
    const next = behind(after, close);
    if (next != 0 && parseNumber(at, after, <usize>load<u32>(job, POWERS)) == NUMBER) {
      f64.store(out, parsed);
      return next;
    }
  }
  const after = parseCell(job, at, row, column, out);
  return after != 0 ? behind(after, close) : 0;
}

/** The address after what ends a cell: a delimiter, or a line end with or without carriage return; 0 where it does not end here. */
// @ts-ignore: decorator
@inline
function behind(at: usize, close: u32): usize {
  const byte = <u32>load<u8>(at);
  if (byte == close) return at + 1;
  return close == LF && byte == CR && load<u8>(at + 1) == LF ? at + 2 : 0;
}

/** Reads any cell into `out`; returns where it ended, at a delimiter or line end; 0 if it is not plain. */
function parseCell(job: usize, at: usize, row: u32, column: u32, out: usize): usize {
  const end = bounds(at, load<u32>(job, DELIMITER), load<u32>(job, QUOTE));
  if (end == 0) return 0;
  // A line of white space in a file of one column is no row.
  if (cellFrom == cellTo && !wasQuoted && load<u32>(job, COLUMNS) == 1) return 0;
  if (load<u8>(<usize>load<u32>(job, KINDS) + <usize>column) != 0) return placeText(job, out) ? end : 0;
  trimQuoted();
  const from = cellFrom;
  const to = cellTo;
  f64.store(out, NOTHING);
  const marks = <usize>load<u32>(job, MARKS);
  if (from == to || isMark(marks, load<u32>(marks, 4), from, to)) return countMissing(job, column, end);
  const found = parseNumber(from, to, <usize>load<u32>(job, POWERS));
  if (found == NUMBER) f64.store(out, parsed);
  else if (found == UNDECIDED) return noteUndecided(job, row, column, from, to) ? end : 0;
  else if (isMark(marks, load<u32>(marks), from, to)) return countMissing(job, column, end);
  else store<u8>(<usize>load<u32>(job, OTHERS) + <usize>column, 1);
  return end;
}

function countMissing(job: usize, column: u32, end: usize): usize {
  atomic.add<u32>(<usize>load<u32>(job, MISSING) + (<usize>column << 2), 1);
  return end;
}

function noteUndecided(job: usize, row: u32, column: u32, from: usize, to: usize): bool {
  const list = <usize>load<u32>(job, UNDECIDED_CELLS);
  const index = atomic.add<u32>(list, 1);
  if (index >= load<u32>(list, 4)) return false;
  const entry = list + 8 + (<usize>index << 4);
  store<u32>(entry, row);
  store<u32>(entry, column, 4);
  store<u32>(entry, <u32>from, 8);
  store<u32>(entry, <u32>to, 12);
  return true;
}

// @ts-ignore: decorator
@inline
function isBlank(byte: u32, delimiter: u32): bool {
  return byte == 32 || (byte == 9 && delimiter != 9);
}

/** Finds the bounds of the cell that begins at `at`; returns where it ended, 0 if it is not plain. */
function bounds(at: usize, delimiter: u32, quote: u32): usize {
  while (isBlank(load<u8>(at), delimiter)) at++;
  wasQuoted = <u32>load<u8>(at) == quote;
  if (wasQuoted) at++;
  cellFrom = at;
  at = wasQuoted ? seek(at, quote, LF) : seek(at, delimiter, quote);
  cellTo = at;
  if (wasQuoted) {
    if (<u32>load<u8>(at) != quote) return 0;
    do at++;
    while (isBlank(load<u8>(at), delimiter));
    return at;
  }
  // A quote inside ends it too, where no cell may end.
  while (cellTo > cellFrom && isBlank(load<u8>(cellTo - 1), delimiter)) cellTo--;
  return at;
}

/** The first place of a mark or a line end. */
function seek(at: usize, mark: u32, other: u32): usize {
  const a = i8x16.splat(<i8>mark);
  // No quote is 256: a line feed in its place changes nothing.
  const b = i8x16.splat(other > 255 ? <i8>LF : <i8>other);
  let found: i32 = 0;
  for (; ; at += 16) {
    const bytes = v128.load(at);
    const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>LF)), i8x16.eq(bytes, i8x16.splat(<i8>CR)));
    found = i8x16.bitmask(v128.or(v128.or(i8x16.eq(bytes, a), i8x16.eq(bytes, b)), ends));
    if (found != 0) break;
  }
  return at + <usize>ctz(found);
}

/** White space inside quotes counts for texts, not for numbers. */
function trimQuoted(): void {
  if (!wasQuoted) return;
  while (cellTo > cellFrom && isBlank(load<u8>(cellTo - 1), 0)) cellTo--;
  while (cellTo > cellFrom && isBlank(load<u8>(cellFrom), 0)) cellFrom++;
}

/** Whether a text is among the first `count` marks. */
function isMark(marks: usize, count: u32, from: usize, to: usize): bool {
  let at = marks + 8;
  for (; count > 0; count--) {
    const length = <usize>load<u32>(at);
    if (length == to - from && memory.compare(at + 4, from, length) == 0) return true;
    at += 4 + length;
  }
  return false;
}

/** Writes where the cell is, how long, and a hash of its bytes (multiply and fold, eight bytes at a time). */
function placeText(job: usize, out: usize): bool {
  const length = cellTo - cellFrom;
  if (length > LONGEST) return false;
  let hash: u64 = <u64>length;
  let at = cellFrom;
  for (; at + 8 <= cellTo; at += 8) hash = (rotl(hash, 29) ^ load<u64>(at)) * 0x9e3779b97f4a7c15;
  const rest = cellTo - at;
  if (rest > 0) hash = (rotl(hash, 29) ^ (load<u64>(at) & (<u64>-1 >> (64 - (<u64>rest << 3))))) * 0x9e3779b97f4a7c15;
  store<u32>(out, <u32>(cellFrom - <usize>load<u32>(job, BASE)));
  store<u32>(out, (<u32>length << 18) | <u32>(hash >> 46), 4);
  return true;
}

// Words of the job of csvInsert, in the order of src/csv/stream/insert-job.ts.
const INSERT_ROWS: usize = 0;
const INSERT_PER_LANE: usize = 4;
/** The address of the first row; a word a row: the address after its line feed. */
const INSERT_FROM: usize = 8;
const INSERT_ENDS: usize = 12;
/** What is inserted, one after the other; a word a row: how many bytes up to the end of its own. */
const INSERT_TEXT: usize = 16;
const INSERT_TEXT_ENDS: usize = 20;
const INSERT_OUT: usize = 24;

/** Copies rows with a text of their own in front of each line end. */
export function csvInsert(job: usize, lane: u32, _lanes: u32, _scratch: usize): void {
  const perLane = load<u32>(job, INSERT_PER_LANE);
  const first = lane * perLane;
  const last = min(first + perLane, load<u32>(job, INSERT_ROWS));
  const from = <usize>load<u32>(job, INSERT_FROM);
  const ends = <usize>load<u32>(job, INSERT_ENDS);
  const texts = <usize>load<u32>(job, INSERT_TEXT);
  const textEnds = <usize>load<u32>(job, INSERT_TEXT_ENDS);
  let row = first == 0 ? from : <usize>load<u32>(ends + (<usize>(first - 1) << 2));
  let text: usize = first == 0 ? 0 : <usize>load<u32>(textEnds + (<usize>(first - 1) << 2));
  let out = <usize>load<u32>(job, INSERT_OUT) + (row - from) + text;
  for (let i = first; i < last; i++) {
    const end = <usize>load<u32>(ends + (<usize>i << 2));
    const textEnd = <usize>load<u32>(textEnds + (<usize>i << 2));
    const lineEnd: usize = end - row >= 2 && load<u8>(end - 2) == CR ? 2 : 1;
    const content = end - lineEnd - row;
    memory.copy(out, row, content);
    out += content;
    memory.copy(out, texts + text, textEnd - text);
    out += textEnd - text;
    memory.copy(out, end - lineEnd, lineEnd);
    out += lineEnd;
    row = end;
    text = textEnd;
  }
}
