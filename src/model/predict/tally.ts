import { DataError } from '../../errors.js';

/** Rows with a missing cell, and with a level not seen in training, by column. */
export class Tally {
  readonly missing = new Map<string, number>();
  readonly unseen = new Map<string, number>();
  /** Rows without a prediction. */
  unanswered = 0;

  addMissing(column: string, rows = 1): void {
    this.missing.set(column, (this.missing.get(column) ?? 0) + rows);
  }

  /** Takes over what another tally has counted. */
  add({ missing, unseen, unanswered }: Tally): void {
    for (const [column, rows] of missing) this.addMissing(column, rows);
    for (const [column, rows] of unseen) this.addUnseen(column, rows);
    this.unanswered += unanswered;
  }

  addUnseen(column: string, rows = 1): void {
    this.unseen.set(column, (this.unseen.get(column) ?? 0) + rows);
  }
}

/** @param where the file, line and column */
export function missingCell(where: string, strict: boolean): DataError {
  const why = strict ? '--strict is on' : 'the model was trained with --missing error';
  return new DataError(`${where}: the cell is missing, and ${why}; fill it`);
}

/** @param where the file, line and column */
export function unseenLevel(where: string, level: string): DataError {
  return new DataError(
    `${where}: no training row has the level ${level}, and --strict is on; correct it, or train again with such rows`,
  );
}

/** @param where the file, line and column */
export function notANumber(where: string, text: string): DataError {
  return new DataError(
    `${where}: ${text} is not a number, and the model needs one; correct the cell, or add it to the missing tokens with --na`,
  );
}

/** @param where the file and line */
export function notFinite(where: string): DataError {
  return new DataError(
    `${where}: the prediction is too large for a double; look for a wrong unit in the numbers of this row`,
  );
}
