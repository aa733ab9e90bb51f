import { CellRules, DEFAULT_NA } from './cell-rules.js';

/** What a user can say about the cells of a file. */
export interface CellOptions {
  /** Texts that count as missing, in place of `DEFAULT_NA`; the empty cell always does. */
  readonly na?: readonly string[];
  /** The same for single columns, in place of `na`. */
  readonly columnNa?: readonly (readonly [column: string, na: readonly string[]])[];
}

/** What the cells of a file mean, column by column. */
export class ColumnRules {
  /** Texts that count as missing in all columns but those with rules of their own, as they were given. */
  readonly na: readonly string[];
  /** The rules of all columns but those. */
  readonly common: CellRules;
  private readonly own: ReadonlyMap<string, CellRules>;

  /** @param decimal the decimal mark */
  constructor({ na = DEFAULT_NA, columnNa = [] }: CellOptions, decimal: string) {
    this.na = na;
    this.common = new CellRules(na, decimal);
    this.own = new Map(columnNa.map(([column, marks]) => [column, new CellRules(marks, decimal)]));
  }

  of(column: string): CellRules {
    return this.own.get(column) ?? this.common;
  }

  /** Whether a column has rules of its own. */
  hasOwn(column: string): boolean {
    return this.own.has(column);
  }
}
