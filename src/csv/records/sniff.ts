import type { Dialect } from '../dialect/dialect.js';
import type { CellPlaces } from './cell-places.js';
import { RecordScanner } from './record-scanner.js';
import type { RecordMarks } from './records.js';

/** How many bytes of a file are looked at to find its delimiter. */
export const SAMPLE_BYTES = 64 * 1024;

const CANDIDATES = ['\t', ',', ';', '|'];

interface Score {
  readonly delimiter: string;
  /** Whether csv-parse would take all records of the sample. */
  readonly readable: boolean;
  /** Whether the first record has the most frequent number of cells. */
  readonly header: boolean;
  /** The share of records that have the most frequent number of cells, and that number. */
  readonly share: number;
  readonly cells: number;
}

/** What the first bytes of a text say of how it is divided. */
export interface Beginning {
  readonly delimiter: string;
  /** Bytes of a first line `sep=;`, as Excel writes and reads it, its end included; 0 where there is none. The records begin behind it. */
  readonly skipped: number;
}

/** `sep=` and a character alone in line 1. */
const SEP_LINE = /^(?:sep=([ -~\t])|"sep=([ -~\t])")(?:\r\n|\n|\r)/i;

/**
 * How a text is divided: by the delimiter of the dialect, else the one that line 1 says, else the one that suits the sample.
 *
 * @param sample the beginning of the text in UTF-8; `whole` when it is all of it
 */
export function beginningOf(sample: Buffer, whole: boolean, dialect: Dialect): Beginning {
  const said = SEP_LINE.exec(sample.toString('latin1', 0, 16));
  if (said === null)
    return { delimiter: dialect.delimiter ?? sniffDelimiter(sample, whole, dialect), skipped: 0 };
  return { delimiter: dialect.delimiter ?? said[1] ?? said[2], skipped: said[0].length };
}

/**
 * Finds the delimiter among tab, comma, semicolon and pipe: the one with which the sample can be read and that gives most of its records
 * the same number (above 1) of cells, best if the first record has it too. A file of one column gets the comma.
 */
function sniffDelimiter(sample: Buffer, whole: boolean, dialect: Dialect): string {
  const taken = [dialect.decimal, dialect.quote, dialect.comment];
  const candidates = CANDIDATES.filter((candidate) => !taken.includes(candidate));
  const otherwise = candidates.find((candidate) => candidate !== '\t') ?? '\t';
  // A delimiter that does not occur leaves every record as one cell.
  const found = candidates.filter((delimiter) => sample.includes(delimiter));
  if (found.every((delimiter) => delimiter === otherwise)) return otherwise;
  const scores = found
    .map((delimiter) => score(sample, whole, { ...dialect, delimiter }))
    .filter(({ cells, share }) => cells > 1 && share > 0.5)
    .sort(
      (a, b) =>
        Number(b.readable) - Number(a.readable) ||
        Number(b.header) - Number(a.header) ||
        b.share - a.share ||
        b.cells - a.cells,
    );
  return scores[0]?.delimiter ?? otherwise;
}

function score(sample: Buffer, whole: boolean, marks: RecordMarks): Score {
  const { counts, readable } = countCells(sample, whole, marks);
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  const [cells, records] = [...frequency].sort((a, b) => b[1] - a[1])[0];
  const share = records / counts.length;
  return { delimiter: marks.delimiter, readable, header: counts[0] === cells, share, cells };
}

/** The number of cells of each record: of the first one if only a part of it is in the sample, of the last one only if all of it is. */
function countCells(
  sample: Buffer,
  whole: boolean,
  marks: RecordMarks,
): { readonly counts: readonly number[]; readonly readable: boolean } {
  const scanner = new RecordScanner(marks);
  const counts: number[] = [];
  let found = scanner.scan(sample, 0, whole);
  for (; found === 'record'; found = scanner.scan(sample, scanner.end, whole)) {
    if (hasText(scanner.cells)) counts.push(scanner.cells.count);
  }
  if (counts.length === 0) counts.push(hasText(scanner.cells) ? scanner.cells.count : 0);
  return { counts, readable: found !== 'fault' };
}

/** For other delimiters a line of tabs is blank, so it does not show which delimiter is used. */
function hasText({ count, from, to }: CellPlaces): boolean {
  return from.subarray(0, count).some((start, k) => to[k] > start);
}
