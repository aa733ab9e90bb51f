import type { Dialect } from '../dialect/dialect.js';

/** Whether a text is divided by marks that all plain readers know, the delimiter apart. */
export function isPlainDialect({ quote, comment, decimal, encoding }: Dialect): boolean {
  const plainQuote = quote === null || quote === '"' || quote === "'";
  return plainQuote && comment === null && decimal === '.' && encoding === 'utf-8';
}

export function isPlainDelimiter(delimiter: string): boolean {
  return /^[,;\t|:]$/.test(delimiter);
}

/**
 * The cells of a line as csv-parse divides it, if it is of ASCII, not blank, and has quotes at the ends of cells if anywhere;
 * null for any other.
 *
 * @param line with or without its line end, whole or cut off after the carriage return
 */
export function plainCells(line: string, delimiter: string, quote: string | null): string[] | null {
  const unended = line.endsWith('\n') ? line.slice(0, -1) : line;
  const text = unended.endsWith('\r') ? unended.slice(0, -1) : unended;
  if (!/^[\t\x20-\x7e]*$/.test(text) || !/[\x21-\x7e]/.test(text)) return null;
  const cells = text.split(delimiter).map((cell) => cell.trim());
  if (quote === null || !text.includes(quote)) return cells;
  // A piece with quotes at its ends and nowhere else is a cell; a delimiter inside quotes leaves other pieces.
  const isQuoted = (cell: string) => cell.length > 1 && cell.indexOf(quote, 1) === cell.length - 1;
  if (!cells.every((cell) => !cell.includes(quote) || (cell[0] === quote && isQuoted(cell)))) return null;
  return cells.map((cell) => (cell[0] === quote ? cell.slice(1, -1) : cell));
}
