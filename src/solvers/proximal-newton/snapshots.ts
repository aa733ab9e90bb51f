import { minus } from '../../linalg/vector.js';

/** A move of some columns, and the change of the loss's gradient (sign turned) that it made. Vectors hold the intercept last. */
export interface Move {
  readonly columns: Int32Array;
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** A point of which some columns are known; the others have coefficient 0. Vectors hold the intercept last. */
export interface Place {
  readonly columns: Int32Array;
  readonly at: Float64Array;
  /** Minus the derivative of the loss. */
  readonly gradient: Float64Array;
}

/** Looks up for some columns what is known of others. */
export class MoveLookup {
  /** By column: one more than its place among the current columns, 0 where it has none. */
  private readonly places: Int32Array;

  /** @param columns of the design */
  constructor(columns: number) {
    this.places = new Int32Array(columns);
  }

  /** The move from one place to another, of the columns that are known there; NaN where the gradient before is not. */
  between(from: Place, to: Place): Move {
    const before = this.over(to.columns, { columns: from.columns, step: from.at, change: from.gradient });
    return {
      columns: to.columns,
      step: minus(to.at, before.step),
      change: minus(before.change, to.gradient),
    };
  }

  /** The move over other columns: those that it does not have stay where they are, and what that does to their gradients is not known. */
  over(columns: Int32Array, move: Move): Move {
    return this.with(columns, () => this.carried(columns, move));
  }

  /** Does some work with the places of these current columns. */
  private with<T>(columns: Int32Array, work: () => T): T {
    const { places } = this;
    for (let a = 0; a < columns.length; a++) places[columns[a]] = a + 1;
    const done = work();
    for (let a = 0; a < columns.length; a++) places[columns[a]] = 0;
    return done;
  }

  private carried(columns: Int32Array, move: Move): Move {
    const [size, last] = [columns.length, move.columns.length];
    const step = new Float64Array(size + 1);
    const change = new Float64Array(size + 1).fill(Number.NaN);
    for (let k = 0; k < last; k++) {
      const place = this.places[move.columns[k]];
      if (place === 0) continue;
      step[place - 1] = move.step[k];
      change[place - 1] = move.change[k];
    }
    step[size] = move.step[last];
    change[size] = move.change[last];
    return { columns, step, change };
  }
}
