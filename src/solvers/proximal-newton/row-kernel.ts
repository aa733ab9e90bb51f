import type { Design } from '../../design/design.js';
import { Symmetric } from '../../linalg/symmetric.js';
import { gather, sequence, sum } from '../../linalg/vector.js';

/** Two factors of a column that differ by less than this share are the same one. */
const SAME = 1e-12;

/** Once all factors together are this share of what they were, their sums are made anew: they hold the rounding of what they held. */
const LEFT = 1e-3;

/**
 * K = Z_A C Z_A', rows by rows, for changing columns A and C = diag(c): what a change of a few columns adds or takes away costs rows^2 / 2 for
 * each of them, and a common factor of all c nothing. Its last digits are rounding.
 * Memory: 2 rows^2.
 */
export class RowKernel {
  /** The factor of each column of the design in `sums`, and what all of them are multiplied by. */
  private readonly inside: Float64Array;
  private scale = 1;
  /** The largest sum of the factors inside since the matrix was made anew. */
  private most = 0;
  private sums: Float64Array;
  private readonly matrix: Symmetric;
  private readonly every: Int32Array;

  constructor(private readonly design: Design) {
    this.inside = new Float64Array(design.columns);
    this.sums = new Float64Array(design.rows * design.rows);
    this.matrix = new Symmetric(design.engine);
    this.matrix.resize(design.rows);
    this.every = sequence(design.rows);
  }

  /** Turns to other columns. @param c above 0, one for each of them */
  take(columns: Int32Array, c: Float64Array): void {
    const scale = commonRatio(c, gather(this.inside, columns));
    const wanted = new Float64Array(this.inside.length);
    for (let a = 0; a < columns.length; a++) wanted[columns[a]] = c[a] / scale;
    const changed = sequence(wanted.length).filter(
      (j) => Math.abs(wanted[j] - this.inside[j]) > SAME * wanted[j],
    );
    const isLittle = sum(wanted) < LEFT * this.most;
    if (isLittle || 2 * changed.length >= columns.length) this.rebuild(columns, c);
    else if (changed.length > 0) this.add(changed, wanted, scale);
    else this.scale = scale;
  }

  /** K entry by entry. */
  entry(i: number, k: number): number {
    return this.scale * this.sums[i * this.design.rows + k];
  }

  /** K x. */
  times(x: Float64Array): Float64Array {
    const out = this.matrix.vector(0);
    this.matrix.addRows(this.every, x, out);
    return out.map((total) => this.scale * total);
  }

  private rebuild(columns: Int32Array, c: Float64Array): void {
    this.inside.fill(0);
    for (let a = 0; a < columns.length; a++) this.inside[columns[a]] = c[a];
    this.scale = 1;
    this.most = sum(c);
    this.sums = this.design.outerGram(c, columns);
    this.matrix.fill(this.sums);
  }

  private add(changed: Int32Array, wanted: Float64Array, scale: number): void {
    const { inside, sums } = this;
    const more = this.design.outerGram(
      Float64Array.from(changed, (j) => wanted[j] - inside[j]),
      changed,
    );
    for (let k = 0; k < sums.length; k++) sums[k] += more[k];
    for (const j of changed) inside[j] = wanted[j];
    this.scale = scale;
    this.most = Math.max(this.most, sum(inside));
    this.matrix.fill(sums);
  }
}

/** The ratio of entries of x to those of y that is most common, where one has more than half; of what is not in y there is none, and 1 is given. */
function commonRatio(x: Float64Array, y: Float64Array): number {
  let ratio = 1;
  let votes = 0;
  for (let a = 0; a < x.length; a++) {
    if (y[a] === 0) continue;
    const other = x[a] / y[a];
    if (votes === 0) ratio = other;
    votes += Math.abs(other - ratio) <= SAME * ratio ? 1 : -1;
  }
  return ratio;
}
