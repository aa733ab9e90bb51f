import type { KnownDialect } from '../../csv/stream/record-stream.js';
import { cellOf, numberCell, shortest } from '../../csv/stream/write-cell.js';
import { FAMILIES } from '../../families/families.js';
import type { Model } from '../model.js';
import { predictionOf } from '../score/terms.js';

/** What is written for each row. */
export interface AnswerOptions {
  /** Begins the names of the new columns. */
  readonly prefix: string;
  /** From this probability on a row is of the positive class. */
  readonly threshold: number;
  /** Only the new columns. */
  readonly only: boolean;
}

/** The names of the columns that a prediction adds. */
export function answerNames({ model }: Model, { prefix }: AnswerOptions): string[] {
  const names = FAMILIES[model.family].target === 'numbers' ? ['prediction'] : ['probability', 'class'];
  return names.map((name) => prefix + name);
}

/** Predictions as cells of a dialect, in UTF-8, each byte a character; preceded by the delimiter if they follow other cells. */
export class AnswerCells {
  readonly header: string;
  /** The cells of a row without a prediction. */
  readonly empty: string;
  private readonly between: string;
  private readonly lead: string;
  private readonly classes: readonly string[];
  /** Whether no number can hold a mark of the dialect. */
  private readonly isSafe: boolean;

  constructor(
    private readonly model: Model,
    private readonly dialect: KnownDialect,
    private readonly options: AnswerOptions,
  ) {
    const names = answerNames(model, options);
    const isSole = options.only && names.length === 1;
    this.between = utf8Bytes(dialect.delimiter);
    this.lead = options.only ? '' : this.between;
    const header = names.map((name) => utf8Bytes(cellOf(name, dialect, isSole)));
    this.header = this.lead + header.join(this.between);
    this.empty = this.lead + (isSole ? this.soleEmpty() : names.map(() => '').join(this.between));
    const { delimiter, quote, comment, decimal } = dialect;
    this.isSafe = decimal === '.' && !/[-+.e0-9]/.test(`${delimiter}${quote ?? ''}${comment ?? ''}`);
    this.classes = (model.target.classes ?? []).map((name) => utf8Bytes(cellOf(name, dialect)));
  }

  /** The cells of a row. @param eta the linear predictor; NaN for a row without a prediction */
  bytesOf(eta: number): string {
    if (Number.isNaN(eta)) return this.empty;
    const { family } = this.model.model;
    const value = predictionOf(family, eta);
    const number = this.lead + (this.isSafe ? shortest(value) : utf8Bytes(numberCell(value, this.dialect)));
    if (this.classes.length === 0) return number;
    return number + this.between + this.classes[value >= this.options.threshold ? 1 : 0];
  }

  /** An empty line would not be a record; without quotes the first missing token means the same. */
  private soleEmpty(): string {
    return this.dialect.quote === null ? 'NA' : utf8Bytes(cellOf('', this.dialect, true));
  }
}

function utf8Bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
