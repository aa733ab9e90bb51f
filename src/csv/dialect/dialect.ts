import { UsageError } from '../../errors.js';
import { shown } from '../../visible.js';
import { ENCODINGS, type Encoding } from '../bytes/encoding.js';

/** What a user can say about the dialect of a file; null and absent are the same but for `quote`. */
export interface DialectOptions {
  /** null (the default): sniffed among tab, comma, semicolon and pipe. */
  readonly delimiter?: string | null;
  /** Default `"`; null or empty: no quoting. Doubled inside a quoted cell it stands for itself. */
  readonly quote?: string | null;
  /** A line that begins with it, white space aside, is skipped. Default null (or empty): none. */
  readonly comment?: string | null;
  /** The decimal mark, `.` (the default) or `,`. */
  readonly decimal?: string;
  /** Default utf-8; a byte order mark in the file overrules it. */
  readonly encoding?: Encoding;
  /** false: the first record is data, and the columns are x1, x2, ... */
  readonly header?: boolean;
}

/** The dialect of a file, its delimiter perhaps still to be sniffed. */
export interface Dialect {
  readonly delimiter: string | null;
  readonly quote: string | null;
  readonly comment: string | null;
  readonly decimal: string;
  readonly encoding: Encoding;
  readonly header: boolean;
}

/** Fills in the defaults. Throws UsageError for marks that are not one character or that contradict each other. */
export function resolveDialect(options: DialectOptions): Dialect {
  const dialect: Dialect = {
    delimiter: options.delimiter ?? null,
    quote: options.quote === undefined ? '"' : options.quote || null,
    comment: options.comment || null,
    decimal: options.decimal ?? '.',
    encoding: options.encoding ?? 'utf-8',
    header: options.header ?? true,
  };
  checkValues(dialect);
  checkDistinct(dialect);
  return dialect;
}

function checkValues({ delimiter, quote, comment, decimal, encoding }: Dialect): void {
  checkMark('--delimiter', delimiter);
  checkMark('--quote', quote);
  if (quote !== null) checkVisible('--quote', quote);
  if (comment !== null) checkVisible('--comment', comment);
  if (decimal !== '.' && decimal !== ',') {
    throw new UsageError(`--decimal ${shown(decimal)}: must be "." or ","`);
  }
  if (!ENCODINGS.includes(encoding)) {
    throw new UsageError(`--encoding ${shown(encoding)}: must be one of ${ENCODINGS.join(', ')}`);
  }
}

function checkMark(flag: string, mark: string | null): void {
  if (mark === null) return;
  if ([...mark].length !== 1 || /[\r\n\0]/.test(mark)) {
    throw new UsageError(`${flag} ${shown(mark)}: must be one character, and not a line end`);
  }
}

function checkVisible(flag: string, mark: string): void {
  if (mark === '' || /[\s\0]/.test(mark)) {
    throw new UsageError(`${flag} ${shown(mark)}: must not be empty or hold white space`);
  }
}

function checkDistinct({ delimiter, quote, comment, decimal }: Dialect): void {
  const seen = new Map<string, string>();
  const marks = [
    ['--decimal', decimal],
    ['--quote', quote],
    ['--comment', comment],
    ['--delimiter', delimiter],
  ] as const;
  for (const [flag, mark] of marks) {
    if (mark === null) continue;
    const other = seen.get(mark);
    if (other !== undefined) {
      throw new UsageError(`${flag} ${shown(mark)}: is the same as ${other}; they must differ`);
    }
    seen.set(mark, flag);
  }
}
