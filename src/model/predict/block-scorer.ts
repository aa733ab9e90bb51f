import type { PlainRows, WantedColumns } from '../../csv/stream/plain-lane.js';
import { TextMeanings } from '../../csv/stream/text-meanings.js';
import type { NumericTerm, TextTerm } from '../score/terms.js';
import type { PlacedModel } from './placed-terms.js';
import { isAnswer, type ScoringPlan } from './row-scorer.js';
import { Tally } from './tally.js';

/** What a text of a column adds to the linear predictor. */
interface LevelMeaning {
  /** null: the row has no prediction. */
  readonly value: number | null;
  readonly kind: 'known' | 'unseen' | 'missing';
}

/** The columns of a file that a model reads. */
export function wantedColumns({ terms, offset, checked }: PlacedModel): WantedColumns {
  const of = (kind: 'numeric' | 'text') => terms.filter(({ term }) => term.kind === kind).map(({ at }) => at);
  return { numbers: [...of('numeric'), ...(offset < 0 ? [] : [offset])], texts: of('text'), checked };
}

/** Scores many rows at once, column by column: the same operations on each row, in the same order, as `RowScorer`. */
export class BlockScorer {
  private eta = new Float64Array(0);
  private unanswered = new Uint8Array(0);
  private readonly levels = new Map<number, TextMeanings<LevelMeaning>>();

  constructor(
    private readonly plan: ScoringPlan,
    private readonly names: readonly string[],
  ) {
    for (const { term, at } of plan.placed.terms) {
      if (term.kind === 'text') this.levels.set(at, new TextMeanings((text) => this.meaningOf(term, text)));
    }
  }

  /**
   * The linear predictors, NaN for a row without a prediction; null if a row must be refused; `RowScorer` then words the error. The array
   * is reused.
   *
   * @param text what the places of texts refer to
   */
  score(rows: PlainRows, text: Uint8Array, tally: Tally): Float64Array | null {
    const { model, placed } = this.plan;
    const eta = this.begin(rows.rows, model.intercept);
    const found = new Tally();
    for (const { term, at } of placed.terms) {
      if (term.kind === 'numeric') this.addNumbers(term, at, rows, eta, found);
      else this.addLevels(term, at, rows, text, eta, found);
    }
    if (placed.offset >= 0) {
      // One times the offset, with nothing subtracted, is the offset.
      const term = { kind: 'numeric', column: model.offset!, coefficient: 1, origin: 0, fill: null } as const;
      this.addNumbers(term, placed.offset, rows, eta, found);
    }
    if (!this.accepts(found) || !this.settle(eta, found)) return null;
    tally.add(found);
    return eta;
  }

  private begin(rows: number, intercept: number): Float64Array {
    if (this.eta.length < rows) {
      this.eta = new Float64Array(rows);
      this.unanswered = new Uint8Array(rows);
    }
    this.unanswered.fill(0, 0, rows);
    return this.eta.subarray(0, rows).fill(intercept);
  }

  private addNumbers(
    { coefficient, origin, fill }: NumericTerm,
    at: number,
    rows: PlainRows,
    eta: Float64Array,
    tally: Tally,
  ): void {
    const x = rows.numbers(at);
    const missing = rows.missing(at);
    if (missing === 0) {
      for (let i = 0; i < eta.length; i++) eta[i] += coefficient * (x[i] - origin);
      return;
    }
    tally.addMissing(this.names[at], missing);
    for (let i = 0; i < eta.length; i++) {
      const value = Number.isNaN(x[i]) ? fill : x[i];
      if (value === null) this.unanswered[i] = 1;
      else eta[i] += coefficient * (value - origin);
    }
  }

  private addLevels(
    term: TextTerm,
    at: number,
    rows: PlainRows,
    text: Uint8Array,
    eta: Float64Array,
    tally: Tally,
  ): void {
    const places = rows.texts(at);
    const levels = this.levels.get(at)!;
    let missing = 0;
    let unseen = 0;
    for (let i = 0; i < eta.length; i++) {
      const { value, kind } = levels.of(places, i, text);
      if (kind === 'missing') missing++;
      else if (kind === 'unseen') unseen++;
      if (value === null) this.unanswered[i] = 1;
      else eta[i] += value;
    }
    if (missing > 0) tally.addMissing(term.column, missing);
    if (unseen > 0) tally.addUnseen(term.column, unseen);
  }

  private meaningOf(term: TextTerm, level: string): LevelMeaning {
    if (this.plan.rules.common.isMissing(level.trim())) return { value: term.fill, kind: 'missing' };
    const coefficient = term.coefficients.get(level);
    if (coefficient === undefined) return { value: 0, kind: 'unseen' };
    return { value: coefficient, kind: 'known' };
  }

  private accepts({ missing, unseen }: Tally): boolean {
    const { strict, model } = this.plan;
    if (missing.size > 0 && (strict || model.options.missing === 'error')) return false;
    return unseen.size === 0 || !strict;
  }

  /** Marks rows without a prediction; false if another prediction cannot be given. */
  private settle(eta: Float64Array, tally: Tally): boolean {
    for (let i = 0; i < eta.length; i++) {
      if (this.unanswered[i] !== 0) {
        eta[i] = Number.NaN;
        tally.unanswered++;
      } else if (!isAnswer(eta[i], this.plan.model)) return false;
    }
    return true;
  }
}
