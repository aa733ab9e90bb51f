import type { CellRules } from '../../csv/dialect/cell-rules.js';
import type { ColumnRules } from '../../csv/dialect/column-rules.js';
import type { RecordStream } from '../../csv/stream/record-stream.js';
import { FAMILIES } from '../../families/families.js';
import { shown } from '../../visible.js';
import type { Model } from '../model.js';
import type { PlacedModel, PlacedTerm } from './placed-terms.js';
import { missingCell, notANumber, notFinite, type Tally, unseenLevel } from './tally.js';

/** What the scoring of a stream depends on. */
export interface ScoringPlan {
  readonly model: Model;
  readonly placed: PlacedModel;
  readonly rules: ColumnRules;
  /** Missing cells and unseen levels are errors. */
  readonly strict: boolean;
}

/** Scores the current record of a stream, as `scoreTable` scores a row: the same operations in the same order. */
export class RowScorer {
  private readonly refusesMissing: boolean;
  /** By column. */
  private readonly rules: readonly CellRules[];

  constructor(
    private readonly plan: ScoringPlan,
    private readonly stream: RecordStream,
    private readonly tally: Tally,
  ) {
    this.rules = stream.names.map((name) => plan.rules.of(name));
    this.refusesMissing = plan.strict || plan.model.options.missing === 'error';
  }

  /** The linear predictor; NaN for a row without a prediction. @throws DataError for a cell that the model cannot take */
  score(): number {
    const { model, placed } = this.plan;
    let eta = model.intercept;
    let answered = true;
    for (const placedTerm of placed.terms) {
      const value = this.valueOf(placedTerm);
      if (value === null) answered = false;
      else eta += value;
    }
    if (placed.offset >= 0) {
      const offset = this.number(placed.offset);
      if (offset === null) answered = false;
      else eta += offset;
    }
    for (const column of placed.checked) this.check(column);
    if (!answered) {
      this.tally.unanswered++;
      return Number.NaN;
    }
    if (!isAnswer(eta, model)) throw notFinite(`${this.stream.source}:${this.stream.line}`);
    return eta;
  }

  private valueOf({ term, at }: PlacedTerm): number | null {
    if (term.kind === 'numeric') {
      const x = this.number(at) ?? term.fill;
      return x === null ? null : term.coefficient * (x - term.origin);
    }
    const level = this.stream.value(at);
    if (this.rules[at].isMissing(level.trim())) {
      this.noteMissing(at);
      return term.fill;
    }
    const coefficient = term.coefficients.get(level);
    if (coefficient !== undefined) return coefficient;
    if (this.plan.strict) throw unseenLevel(this.stream.where(at), shown(level));
    this.tally.addUnseen(term.column);
    return 0;
  }

  /** The number in a column; null for a missing cell. */
  private number(at: number): number | null {
    const text = this.stream.value(at).trim();
    const value = this.rules[at].toNumber(text);
    if (!Number.isNaN(value)) return value;
    if (!this.rules[at].isMissing(text)) throw notANumber(this.stream.where(at), shown(text));
    this.noteMissing(at);
    return null;
  }

  private check(at: number): void {
    const rules = this.rules[at];
    const text = this.stream.value(at).trim();
    if (Number.isNaN(rules.toNumber(text)) && !rules.isMissing(text)) {
      throw notANumber(this.stream.where(at), shown(text));
    }
  }

  private noteMissing(at: number): void {
    if (this.refusesMissing) throw missingCell(this.stream.where(at), this.plan.strict);
    this.tally.addMissing(this.stream.names[at]);
  }
}

/** Whether a prediction can be given: beyond the range of doubles a probability is still 0 or 1. */
export function isAnswer(eta: number, { model }: Model): boolean {
  return Number.isFinite(FAMILIES[model.family].mean(eta));
}
