import type { Design } from '../../design/design.js';
import { Symmetric } from '../../linalg/symmetric.js';
import { allColumns } from '../../problem/problem.js';

/** Factors of a column that differ by less than this share are the same. */
const SAME = 1e-9;

/** An update costs as much as so many columns more. */
const UPDATE = 64;

/** Columns with factors: Z_A diag(c) Z_A'. */
export interface Part {
  readonly columns: Int32Array;
  readonly c: Float64Array;
}

/**
 * K = Z_A C Z_A' for changing columns A and C = diag(c), as a multiple of a matrix that is kept and the few columns that it has wrong. Along a ridge
 * path all factors change by one number, and few columns reach or leave a bound. Memory: rows^2, from the first update on.
 */
export class RowKernel {
  private readonly matrix: Symmetric;
  private readonly every: Int32Array;
  /** The factors of all columns in the matrix, 0 for those that are not in it. */
  private readonly held: Float64Array;
  private scale = 1;
  /** What the multiple of the matrix lacks. */
  lacking: Part = { columns: new Int32Array(0), c: new Float64Array(0) };

  constructor(private readonly design: Design) {
    this.matrix = new Symmetric(design.engine);
    this.every = allColumns(design.rows);
    this.held = new Float64Array(design.columns);
  }

  /** Turns to other columns and factors. @param c above 0 */
  turnTo({ columns, c }: Part): void {
    const { held } = this;
    const scale = this.scaleFor({ columns, c });
    const wanted = new Float64Array(held.length);
    for (let a = 0; a < columns.length; a++) wanted[columns[a]] = c[a];
    const changed = allColumns(held.length).filter((j) => {
      const had = scale * held[j];
      return Math.abs(wanted[j] - had) > SAME * Math.max(wanted[j], had);
    });
    // To begin anew costs less, and leaves no rounding of what was in it.
    if (changed.length > columns.length) {
      this.matrix.resize(0);
      held.fill(0);
      this.scale = 1;
      this.lacking = { columns, c };
      return;
    }
    this.scale = scale;
    this.lacking = { columns: changed, c: Float64Array.from(changed, (j) => wanted[j] - scale * held[j]) };
  }

  /** What an update would cost, in multiplications. */
  get costOfUpdate(): number {
    return (this.design.rows ** 2 * (this.lacking.columns.length + UPDATE)) / 2;
  }

  /** Takes what it lacks into the matrix. */
  update(): void {
    const { design, matrix, held, scale } = this;
    const { columns, c } = this.lacking;
    const n = design.rows;
    const change = design.outerGram(c, columns);
    const isFirst = matrix.size === 0;
    matrix.resize(n);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k <= i; k++) {
        const old = isFirst ? 0 : matrix.entry(i, k);
        matrix.set(i, k, old + change[i * n + k] / scale);
      }
    }
    for (let a = 0; a < columns.length; a++) held[columns[a]] += c[a] / scale;
    this.lacking = { columns: new Int32Array(0), c: new Float64Array(0) };
  }

  /** out += K x without what is lacking. Cost: rows^2. */
  addTimes(x: Float64Array, out: Float64Array): void {
    if (this.matrix.size === 0) return;
    const product = this.matrix.vector(0);
    this.matrix.addRows(this.every, x, product);
    for (let i = 0; i < out.length; i++) out[i] += this.scale * product[i];
  }

  /** The same as a matrix: row-major, full. */
  dense(): Float64Array {
    return this.matrix.dense().map((k) => this.scale * k);
  }

  /** What the factors were multiplied by since: that of the column with the least, for unpenalised ones do not follow the others. */
  private scaleFor({ columns, c }: Part): number {
    let [least, scale] = [Infinity, 1];
    for (let a = 0; a < columns.length; a++) {
      const held = this.held[columns[a]];
      if (held > 0 && c[a] < least) [least, scale] = [c[a], c[a] / held];
    }
    return scale;
  }
}
