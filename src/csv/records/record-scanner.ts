import { CELL, CellPlaces } from './cell-places.js';
import type { RecordMarks } from './records.js';
import { matchesAt, spaceAt } from './white-space.js';

/** What `scan` found: a record, nothing but blank lines and comments up to the end, a record that does not end yet, a fault. */
export type Found = 'record' | 'end' | 'more' | 'fault';

const LF = 10;
const CR = 13;
const NOTHING = -1;
const FAULT = -2;

/**
 * Finds records and cells in a text without taking them out of it: the same records, cells and faults that `readRecords` finds, place by
 * place. A record that csv-parse would refuse is a fault; csv-parse then words the error.
 */
export class RecordScanner {
  readonly cells = new CellPlaces();
  /** Where the last record begins, behind blank lines and comments; where its line end begins, and the next record. */
  start = 0;
  contentEnd = 0;
  end = 0;
  /** Lines that the scanned text takes up before `start`, and before `end`. */
  linesBefore = 0;
  lines = 0;

  private readonly delimiter: Buffer;
  private readonly quote: Buffer | null;
  private readonly comment: Buffer | null;
  /** How far a decision can look ahead. */
  private readonly margin: number;
  private text: Buffer = Buffer.alloc(0);
  private faultAt = 0;
  private sawDoubled = false;

  constructor({ delimiter, quote, comment }: RecordMarks) {
    this.delimiter = Buffer.from(delimiter);
    this.quote = quote === null ? null : Buffer.from(quote);
    this.comment = comment === null ? null : Buffer.from(comment);
    const longest = Math.max(3, this.delimiter.length, this.comment?.length ?? 0);
    this.margin = longest + 2 * (this.quote?.length ?? 0);
  }

  /**
   * Scans from a place where a record may begin. `lines` goes on from what it was.
   * @param text UTF-8, whole characters
   * @param final whether all of the text is there; if not, what is so near to the end that more text might change it is unfinished
   */
  scan(text: Buffer, from: number, final: boolean): Found {
    this.text = text;
    const lines = this.lines;
    const found = this.scanFrom(from);
    const isCertain = final || (found === 'record' ? this.end : this.faultAt) + this.margin <= text.length;
    if ((found === 'record' && isCertain) || (found === 'end' && final)) return found;
    this.lines = lines;
    return final || (found === 'fault' && isCertain) ? 'fault' : 'more';
  }

  private scanFrom(from: number): Found {
    let at = from;
    // Each turn is a line that is blank or a comment, but for the last.
    for (;;) {
      this.start = at;
      this.linesBefore = this.lines;
      this.cells.count = 0;
      const after = this.scanRecord(at);
      if (after === FAULT) return 'fault';
      if (after === NOTHING) return 'more';
      if (this.cells.count > 0) return 'record';
      if (after >= this.text.length) {
        this.end = after;
        return 'end';
      }
      at = after;
    }
  }

  /** Returns where the next line begins; no cells for a blank line or a comment. */
  private scanRecord(begin: number): number {
    let at = begin;
    for (;;) {
      at = this.scanCell(at);
      if (at < 0 || this.cells.count === 0) return at;
      if (at >= this.text.length || this.isLineEnd(at)) {
        this.contentEnd = at;
        this.end = this.afterLineEnd(at);
        return this.end;
      }
      at += this.delimiter.length;
    }
  }

  /** Returns the place of the delimiter, line end or end of text behind the cell; or, without a cell, of the next line. */
  private scanCell(begin: number): number {
    const { text, quote, comment, cells } = this;
    const limit = text.length;
    let at = begin;
    let from = begin;
    let to = begin;
    let kind: number = CELL.bare;
    // As long as the cell is empty: white space, and quotes with nothing between them.
    for (; at < limit; ) {
      if (quote !== null && matchesAt(text, at, quote)) {
        if (kind !== CELL.bare) {
          at = this.blankQuoted(at, quote);
          if (at < 0) return at;
          continue;
        }
        const close = this.closingQuote(at);
        if (close < 0) return close;
        from = at + quote.length;
        to = close;
        kind = this.sawDoubled ? CELL.doubled : CELL.quoted;
        at = close + quote.length;
        if (to > from) {
          at = this.skipTrimmed(at);
          if (at < 0) return at;
          break;
        }
        continue;
      }
      if (this.isLineEnd(at)) break;
      if (comment !== null && cells.count === 0 && matchesAt(text, at, comment)) {
        // After an empty quoted cell, what is added to the line would be lost in the comment.
        return kind === CELL.bare ? this.skipLine(at) : this.fault(at);
      }
      if (matchesAt(text, at, this.delimiter)) break;
      const space = spaceAt(text, at);
      if (space === 0) {
        if (kind !== CELL.bare) return this.fault(at);
        from = at;
        at = this.bareEnd(at);
        to = at;
        break;
      }
      at += space;
    }
    if (kind === CELL.bare && to === from) {
      if (cells.count === 0 && (at >= limit || this.isLineEnd(at))) return this.skipLine(at);
    }
    cells.push(begin, at, from, to, kind);
    return at;
  }

  /** The place of the quote that closes the one at `open`; whoever goes on behind it sees whether it may stand there. */
  private closingQuote(open: number): number {
    const { text } = this;
    const quote = this.quote!;
    this.sawDoubled = false;
    let at = open + quote.length;
    for (;;) {
      const close = quote.length === 1 ? text.indexOf(quote[0], at) : text.indexOf(quote, at);
      if (close < 0) return NOTHING;
      this.countLines(at, close);
      const next = close + quote.length;
      if (matchesAt(text, next, quote)) {
        this.sawDoubled = true;
        at = next + quote.length;
        continue;
      }
      return close;
    }
  }

  /** From a quote that opens behind an empty quoted cell to behind the one that closes it: csv-parse takes white space only. */
  private blankQuoted(open: number, quote: Buffer): number {
    const { text } = this;
    const begin = open + quote.length;
    for (let at = begin; at < text.length; at++) {
      if (matchesAt(text, at, quote)) {
        const next = at + quote.length;
        this.countLines(begin, at);
        return matchesAt(text, next, quote) ? this.fault(at) : next;
      }
      if (spaceAt(text, at) === 0 && !this.isLineEnd(at)) return this.fault(at);
    }
    return NOTHING;
  }

  private fault(at: number): number {
    this.faultAt = at;
    return FAULT;
  }

  /** From behind a closing quote to the end of the cell. */
  private skipTrimmed(begin: number): number {
    const { text } = this;
    const limit = text.length;
    for (let at = begin; at < limit; at++) {
      if (this.isLineEnd(at) || matchesAt(text, at, this.delimiter)) return at;
      // csv-parse goes on byte by byte here, so that wide white space is text to it.
      if (spaceAt(text, at) === 0) return this.fault(at);
    }
    return limit;
  }

  private bareEnd(begin: number): number {
    const { text, delimiter } = this;
    const limit = text.length;
    const first = delimiter[0];
    const isLong = delimiter.length > 1;
    for (let at = begin; at < limit; at++) {
      const byte = text[at];
      if (byte === LF || byte === CR) return at;
      if (byte === first && (!isLong || matchesAt(text, at, delimiter))) return at;
    }
    return limit;
  }

  /** The beginning of the next line. */
  private skipLine(begin: number): number {
    let at = begin;
    while (at < this.text.length && !this.isLineEnd(at)) at++;
    return this.afterLineEnd(at);
  }

  private isLineEnd(at: number): boolean {
    const byte = this.text[at];
    return byte === LF || byte === CR;
  }

  /** Counts the line that ends here. */
  private afterLineEnd(at: number): number {
    if (at >= this.text.length) return at;
    this.lines++;
    const isPair = this.text[at] === CR && this.text[at + 1] === LF;
    return at + (isPair ? 2 : 1);
  }

  private countLines(from: number, to: number): void {
    const { text } = this;
    for (let at = from; at < to; at++) {
      const byte = text[at];
      if (byte === CR || (byte === LF && (at === from || text[at - 1] !== CR))) this.lines++;
    }
  }
}
