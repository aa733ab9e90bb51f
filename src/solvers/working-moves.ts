import { SecantMemory } from './secant-memory.js';

/** Steps that are remembered. */
const REMEMBERED = 8;

/** A move of some columns, and the change of the loss's gradient (sign turned) that it made. Vectors hold the intercept last. */
export interface Move {
  readonly columns: Int32Array;
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** A point of which some columns are known; the others have coefficient 0. Vectors hold the intercept last. */
export interface Place {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly at: Float64Array;
  /** Minus the derivative of the loss. */
  readonly gradient: Float64Array;
}

/** The move from one place to another, of the columns that are known there; NaN where the gradient before is not. */
export function moveBetween(from: Place, to: Place): Move {
  const step = to.at.slice();
  const change = new Float64Array(to.gradient.length).fill(Number.NaN);
  for (let a = 0, b = 0; a < to.columns.length; a++) {
    while (b < from.columns.length && from.columns[b] < to.columns[a]) b++;
    if (from.columns[b] !== to.columns[a]) continue;
    step[a] -= from.at[b];
    change[a] = from.gradient[b] - to.gradient[a];
  }
  const [last, before] = [to.columns.length, from.columns.length];
  step[last] -= from.at[before];
  change[last] = from.gradient[before] - to.gradient[last];
  return { columns: to.columns, step, change };
}

/** Looks moves of some columns up for others. */
export class MoveLookup {
  /** By column: one more than its place in the move at hand, 0 where it has none. */
  private readonly places: Int32Array;

  /** @param columns of the design */
  constructor(columns: number) {
    this.places = new Int32Array(columns);
  }

  /** The move over other columns: those that it does not have stay where they are, and what that does to their gradients is not known. */
  over(columns: Int32Array, move: Move): Move {
    const { places } = this;
    for (let k = 0; k < move.columns.length; k++) places[move.columns[k]] = k + 1;
    const step = new Float64Array(columns.length + 1);
    const change = new Float64Array(columns.length + 1).fill(Number.NaN);
    for (let a = 0; a < columns.length; a++) {
      const place = places[columns[a]];
      if (place === 0) continue;
      step[a] = move.step[place - 1];
      change[a] = move.change[place - 1];
    }
    for (const j of move.columns) places[j] = 0;
    step[columns.length] = move.step[move.columns.length];
    change[columns.length] = move.change[move.columns.length];
    return { columns, step, change };
  }
}

/** The last moves of a working set that grows and shrinks. */
export class WorkingMoves {
  private readonly moves: { readonly move: Move; readonly moved: number }[] = [];

  constructor(private readonly lookup: MoveLookup) {}

  /** Takes note of a move; its vectors are kept. */
  learn(move: Move): void {
    this.moves.push({ move, moved: countMoved(move.step) });
    if (this.moves.length > REMEMBERED) this.moves.shift();
  }

  /** Forgets everything: the base of what is learnt has changed. */
  clear(): void {
    this.moves.length = 0;
  }

  /** What is known of some columns and the intercept: the moves that moved no other, where the change is known for all of them. */
  on(columns: Int32Array): SecantMemory {
    const memory = new SecantMemory();
    for (const { move, moved } of this.moves) {
      const { step, change } = this.lookup.over(columns, move);
      if (countMoved(step) === moved && !change.some(Number.isNaN)) memory.learn(step, change);
    }
    return memory;
  }
}

function countMoved(step: Float64Array): number {
  let moved = 0;
  for (let j = 0; j < step.length; j++) if (step[j] !== 0) moved++;
  return moved;
}
