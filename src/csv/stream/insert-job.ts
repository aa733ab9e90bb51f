import type { Engine } from '../../runtime/engine.js';

const ROWS_PER_LANE = 512;

/** Rows of a text, one after the other. Addresses. */
export interface RowEnds {
  readonly rows: number;
  readonly from: number;
  /** A word a row: the address after its line feed. */
  readonly ends: Uint32Array;
}

/**
 * Copies rows with a text of their own in front of each line end, by the compiled kernels. For use inside `scoped`.
 *
 * @param textOf what is inserted into a row: Latin-1
 * @returns a view of the shared memory
 */
export function insertTexts(engine: Engine, rows: RowEnds, textOf: (row: number) => string): Buffer {
  const { wasm, pool } = engine;
  const endsAddress = wasm.allocate(4 * rows.rows);
  const textEnds = new Uint32Array(wasm.memory.buffer, endsAddress, rows.rows);
  let texts = '';
  for (let row = 0; row < rows.rows; row++) {
    texts += textOf(row);
    textEnds[row] = texts.length;
  }
  const textAddress = wasm.allocate(texts.length);
  Buffer.from(wasm.memory.buffer, textAddress, texts.length).write(texts, 'latin1');
  const bytes = rows.ends[rows.rows - 1] - rows.from + texts.length;
  const out = wasm.allocate(bytes);
  const job = [rows.rows, ROWS_PER_LANE, rows.from, rows.ends.byteOffset, textAddress, endsAddress, out];
  pool.run('csvInsert', wasm.words(job), Math.ceil(rows.rows / ROWS_PER_LANE));
  return Buffer.from(wasm.memory.buffer, out, bytes);
}
