import type { Dialect } from './dialect.js';

/** How many bytes of a file are looked at to find its delimiter. */
export const SAMPLE_BYTES = 64 * 1024;

const CANDIDATES = ['\t', ',', ';', '|'];

interface Score {
  readonly delimiter: string;
  /** Whether the first record has the most frequent number of cells. */
  readonly header: boolean;
  /** The share of records that have the most frequent number of cells, and that number. */
  readonly share: number;
  readonly cells: number;
}

/**
 * Finds the delimiter among tab, comma, semicolon and pipe: the one that gives most records of the sample the same
 * number (above 1) of cells, best if the first record has it too. A file of one column gets the comma.
 *
 * @param sample the beginning of the text; `whole` when it is all of it
 */
export function sniffDelimiter(sample: string, whole: boolean, dialect: Dialect): string {
  const taken = [dialect.decimal, dialect.quote, dialect.comment];
  const candidates = CANDIDATES.filter((candidate) => !taken.includes(candidate));
  const otherwise = candidates.find((candidate) => candidate !== '\t') ?? '\t';
  // What does not occur makes one cell of every record.
  const found = candidates.filter((delimiter) => sample.includes(delimiter));
  if (found.every((delimiter) => delimiter === otherwise)) return otherwise;
  const scores = found
    .map((delimiter) => score(delimiter, countCells(sample, whole, delimiter, dialect)))
    .filter(({ cells, share }) => cells > 1 && share > 0.5)
    .sort((a, b) => Number(b.header) - Number(a.header) || b.share - a.share || b.cells - a.cells);
  return scores[0]?.delimiter ?? otherwise;
}

function score(delimiter: string, counts: readonly number[]): Score {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  const [cells, records] = [...frequency].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return { delimiter, header: counts[0] === cells, share: records / counts.length, cells };
}

/** The number of cells of each record of the sample, if the delimiter were this one. */
function countCells(sample: string, whole: boolean, delimiter: string, dialect: Dialect): number[] {
  const scanner = new Scanner(sample, delimiter, dialect);
  const counts: number[] = [];
  for (let cells = scanner.next(); cells > 0; cells = scanner.next()) counts.push(cells);
  // The last record may be cut in the middle; keep it only if there is no other.
  if (!whole && counts.length > 1) counts.pop();
  return counts;
}

/** Walks through a sample record by record and counts delimiters outside quotes. */
class Scanner {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    private readonly dialect: Dialect,
  ) {}

  /** The number of cells of the next record; 0 at the end. */
  next(): number {
    this.skipIdleLines();
    if (this.position >= this.text.length) return 0;
    let cells = 1;
    let atStart = true;
    for (; this.position < this.text.length; this.position++) {
      const char = this.text[this.position];
      if (char === '\n' || char === '\r') break;
      // Most characters: not the delimiter, not at the beginning of a cell.
      if (!atStart && char !== this.delimiter) continue;
      if (char === this.delimiter) cells++;
      else if (atStart && char === this.dialect.quote) this.skipQuoted();
      atStart = char === this.delimiter || (atStart && char.trim() === '');
    }
    return cells;
  }

  /** Blank lines and comments. */
  private skipIdleLines(): void {
    const { comment } = this.dialect;
    const idle = /[^\S\n\r]*(?:[\n\r]|$)/y;
    for (;;) {
      idle.lastIndex = this.position;
      const start = this.position;
      if (this.position < this.text.length && idle.test(this.text)) this.position = idle.lastIndex;
      else if (comment !== null && this.text.startsWith(comment, this.position)) this.skipLine();
      if (this.position === start) return;
    }
  }

  private skipLine(): void {
    while (this.position < this.text.length && !/[\n\r]/.test(this.text[this.position])) this.position++;
  }

  /** From the opening quote to the closing one; a doubled quote closes one and opens the next. */
  private skipQuoted(): void {
    const { quote } = this.dialect;
    do {
      const close = this.text.indexOf(quote!, this.position + 1);
      this.position = close < 0 ? this.text.length : close;
    } while (this.text[this.position + 1] === quote && ++this.position);
  }
}
