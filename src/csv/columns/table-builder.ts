import { DataError } from '../../errors.js';
import { emptyInput, place } from '../bytes/location.js';
import type { ColumnRules } from '../dialect/column-rules.js';
import { type Header, headerOf, numberedHeader } from '../dialect/header.js';
import { ragged } from '../dialect/ragged.js';
import type { RecordSink } from '../records/records.js';
import { type ColumnBuilder, GuessingBuilder, spareTexts, TextBuilder } from './column-builder.js';
import { LineIndex } from './line-index.js';
import type { Column, Table } from './table.js';

/** What is known before the first record. */
export interface TablePlan {
  readonly source: string;
  readonly header: boolean;
  readonly rules: ColumnRules;
  /** Names of columns that are text even if numeric. */
  readonly text: ReadonlySet<string>;
  /** Whether the records can be read again: numeric columns then keep no texts. */
  readonly again?: boolean | undefined;
}

/** Builds a table from records. */
export class TableBuilder implements RecordSink {
  private header: Header | null = null;
  private builders: readonly ColumnBuilder[] = [];
  private readonly lines = new LineIndex();
  /** Whether a line `sep=;` was left out before the first record. */
  sepLine = false;

  constructor(private readonly plan: TablePlan) {}

  record(cells: readonly string[], line: number): void {
    if (this.header === null) {
      this.begin(cells);
      if (this.plan.header) return;
    }
    if (cells.length !== this.builders.length) {
      const { source, header } = this.plan;
      throw ragged(place(source, line), cells, this.header!.names, header);
    }
    this.lines.push(line);
    for (let index = 0; index < cells.length; index++) this.builders[index].add(cells[index], line);
  }

  where(line: number, cell: number): string {
    return place(this.plan.source, line, this.header?.names[cell]);
  }

  /** The columns; null for each that has to be read again. Throws DataError when there was no row. */
  columns(): (Column | null)[] {
    const { source } = this.plan;
    if (this.header === null) throw emptyInput(source);
    if (this.lines.length === 0) throw new DataError(`${source}: has a header and no rows; it needs rows`);
    return this.builders.map((builder) => builder.finish());
  }

  /** A builder that reads the columns at these indices again, as text. */
  reader(indices: readonly number[]): TextReader {
    const { source, header, rules } = this.plan;
    const { names } = this.header!;
    const builders = indices.map((index) => new TextBuilder(names[index], rules.of(names[index])));
    return new TextReader(source, header, this.lines.length, indices, builders);
  }

  table(columns: readonly Column[]): Table {
    const { lines } = this;
    return {
      source: this.plan.source,
      rows: lines.length,
      columns,
      sepLine: this.sepLine,
      header: this.header!,
      lineOf: (row) => lines.lineOf(row),
    };
  }

  private begin(cells: readonly string[]): void {
    const { header, rules, text, again } = this.plan;
    this.header = header ? headerOf(cells) : numberedHeader(cells.length);
    const spare = again ? 0 : spareTexts(cells.length);
    this.builders = this.header.names.map((name) =>
      text.has(name)
        ? new TextBuilder(name, rules.of(name))
        : new GuessingBuilder(name, rules.of(name), spare),
    );
  }
}

/** Takes the records of a file in a second pass, and keeps some columns as text. */
export class TextReader implements RecordSink {
  private rows: number;

  constructor(
    private readonly source: string,
    header: boolean,
    private readonly expectedRows: number,
    private readonly indices: readonly number[],
    private readonly builders: readonly TextBuilder[],
  ) {
    this.rows = header ? -1 : 0;
  }

  record(cells: readonly string[]): void {
    if (this.rows++ < 0) return;
    for (let k = 0; k < this.indices.length; k++) this.builders[k].add(cells[this.indices[k]] ?? '');
  }

  where(line: number): string {
    return place(this.source, line);
  }

  /** The columns, in the order of the indices. Throws DataError when the file is not the one read before. */
  columns(): Column[] {
    if (this.rows !== this.expectedRows) {
      throw new DataError(`${this.source}: has changed while it was read; run again when it is complete`);
    }
    return this.builders.map((builder) => builder.finish());
  }
}
