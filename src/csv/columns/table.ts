import type { Header } from '../dialect/header.js';

/** A column whose non-missing cells are all finite decimal numbers. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  /** Length: rows. NaN marks a missing cell and nothing else. */
  readonly values: Float64Array;
  readonly missing: number;
}

/** A column of categories, dictionary-coded. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  /** Length: rows. Index into `levels`; -1 marks a missing cell. */
  readonly codes: Int32Array;
  /** Distinct cells in code-unit order. */
  readonly levels: readonly string[];
  readonly missing: number;
}

/** A column that is meant to be numeric (at least 90% of its cells are numbers) but has cells that are not. */
export interface DirtyColumn {
  readonly kind: 'dirty';
  readonly name: string;
  /** How many cells are numbers, and how many are neither a number nor missing. */
  readonly numbers: number;
  readonly others: number;
  /** The first offending cells, at most five, with their 1-based line in the file. */
  readonly examples: readonly { readonly line: number; readonly text: string }[];
  readonly missing: number;
}

export type Column = NumericColumn | TextColumn | DirtyColumn;

/** A CSV file as typed columns, in the file's order. Column names are untrusted: never use them as object keys. */
export interface Table {
  /** What the file is called in messages and reports: its base name, or `-` for standard input. */
  readonly source: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Whether line 1 named the delimiter (`sep=;`) and the records begin on line 2. */
  readonly sepLine?: boolean;
  /** Where names are not as they stand in the header; absent: all are. */
  readonly header?: Pick<Header, 'nameless' | 'doubled'>;
  /** The 1-based line of the file on which row `row` (from 0) begins. */
  lineOf(row: number): number;
}
