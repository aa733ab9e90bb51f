import { dotByBlocks, steadySum, sumsByPlace } from '../linalg/steady-sums.js';
import type { Engine } from '../runtime/engine.js';
import type { Design } from './design.js';

/** A column of categories on the rows of a design, and what standardizes the indicator of each level. */
export interface CodedColumn {
  /** The level of each row; -1 for none of them. */
  readonly codes: Int32Array;
  /** By level. Cell (i, level) is (1 - centre) / scale where row i has the level, -centre / scale elsewhere, and 0 for scale 0. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
}

/** Columns that a design is made of: standardized numbers on all rows, and categories. */
export interface CodedParts {
  readonly rows: number;
  readonly numbers: readonly Float64Array[];
  readonly texts: readonly CodedColumn[];
  /** For each feature the part that it is in: the number of its text column, or -1 for a column of numbers. */
  readonly partOf: Int32Array;
  /** Its level, or its place among the columns of numbers. */
  readonly placeOf: Int32Array;
}

/**
 * A design most of whose features are indicators of levels. A text column is kept as the levels of its rows, so that an operation
 * costs what it would cost for one column, however many levels there are. Only for designs that are not wider than tall.
 *
 *     X' r            (sum of r where row i has the level - centre sum r) / scale
 *     X' diag(w) X    the same with sums of w where a row has two levels: the counts of a cross table
 */
export class CodedDesign implements Design {
  readonly rows: number;
  readonly columns: number;
  readonly blocks = null;

  constructor(
    private readonly parts: CodedParts,
    readonly engine: Engine,
  ) {
    this.rows = parts.rows;
    this.columns = parts.partOf.length;
  }

  gradient(r: Float64Array, out: Float64Array, subset?: Int32Array): void {
    const { numbers, texts } = this.parts;
    const total = steadySum(r);
    const sums = this.textsIn(subset).map((isIn, t) => (isIn ? sumsByLevel(texts[t], r) : r));
    this.each(subset, (a, part, place) => {
      out[a] =
        part < 0
          ? dotByBlocks(numbers[place], r)
          : standardized(texts[part], place, sums[part][place], texts[part].centre[place] * total);
    });
  }

  addPrediction(beta: Float64Array, eta: Float64Array, subset?: Int32Array): void {
    const { numbers, texts } = this.parts;
    const heights = texts.map(({ scale }) => new Float64Array(scale.length));
    const moved = texts.map(() => false);
    let shift = 0;
    this.each(subset, (a, part, place) => {
      const b = beta[a];
      if (b === 0) return;
      if (part < 0) {
        const x = numbers[place];
        for (let i = 0; i < x.length; i++) eta[i] += b * x[i];
        return;
      }
      const { centre, scale } = texts[part];
      if (scale[place] === 0) return;
      heights[part][place] += b / scale[place];
      shift += (b / scale[place]) * centre[place];
      moved[part] = true;
    });
    texts.forEach(({ codes }, t) => {
      if (moved[t]) addByLevel(codes, heights[t], eta);
    });
    if (shift !== 0) for (let i = 0; i < eta.length; i++) eta[i] -= shift;
  }

  addPredictions(betas: readonly Float64Array[], etas: readonly Float64Array[]): void {
    betas.forEach((beta, k) => {
      this.addPrediction(beta, etas[k]);
    });
  }

  gradients(rs: readonly Float64Array[], outs: readonly Float64Array[]): void {
    rs.forEach((r, k) => {
      this.gradient(r, outs[k]);
    });
  }

  gram(w: Float64Array, subset: Int32Array): Float64Array {
    const size = subset.length;
    const gram = new Float64Array(size * size);
    gram.set(this.gramRows(w, subset, 0));
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) gram[b * size + a] = gram[a * size + b];
    return gram;
  }

  gramRows(w: Float64Array, subset: Int32Array, first: number): Float64Array {
    const size = subset.length;
    const out = new Float64Array((size - first) * size);
    const products = new Products(this.parts, w, subset);
    for (let a = first; a < size; a++) {
      for (let b = 0; b <= a; b++) out[(a - first) * size + b] = products.of(subset[a], subset[b]);
    }
    return out;
  }

  select(subset: Int32Array): CodedDesign {
    const pick = (list: Int32Array) => Int32Array.from(subset, (j) => list[j]);
    const { partOf, placeOf } = this.parts;
    return new CodedDesign({ ...this.parts, partOf: pick(partOf), placeOf: pick(placeOf) }, this.engine);
  }

  selectRows(subset: Int32Array): CodedDesign {
    const { numbers, texts } = this.parts;
    const parts = {
      ...this.parts,
      rows: subset.length,
      numbers: numbers.map((x) => Float64Array.from(subset, (i) => x[i])),
      texts: texts.map((text) => ({ ...text, codes: Int32Array.from(subset, (i) => text.codes[i]) })),
    };
    return new CodedDesign(parts, this.engine);
  }

  outerGram(): Float64Array {
    throw new Error('outerGram needs a design of one block');
  }

  column(): Float64Array {
    throw new Error('column access needs a design of one block');
  }

  columnSquares(): Float64Array {
    throw new Error('columnSquares needs a design of one block');
  }

  /** Calls back for each column of `subset`, or of all: its place in the list, its part and its place in that. */
  private each(subset: Int32Array | undefined, look: (a: number, part: number, place: number) => void): void {
    const { partOf, placeOf } = this.parts;
    const count = subset?.length ?? this.columns;
    for (let a = 0; a < count; a++) {
      const j = subset === undefined ? a : subset[a];
      look(a, partOf[j], placeOf[j]);
    }
  }

  /** Which text columns have a level among some columns. */
  private textsIn(subset: Int32Array | undefined): boolean[] {
    const isIn = this.parts.texts.map(() => false);
    this.each(subset, (_, part) => {
      if (part >= 0) isIn[part] = true;
    });
    return isIn;
  }
}

/** The weighted products of some columns. Each sum over the rows is taken when it is first asked for. */
class Products {
  private readonly total: number;
  /** By text column: the weight of each level. */
  private readonly weightOf: readonly Float64Array[];
  /** By text column: the place of each level among those of the columns asked for, or -1. */
  private readonly slots: readonly Int32Array[];
  private readonly crossTables = new Map<number, { readonly width: number; readonly sums: Float64Array }>();
  private readonly ofNumbers = new Map<number, NumberSums>();
  /** The column of numbers that was weighted last. */
  private weighted: { readonly j: number; readonly x: Float64Array } | null = null;

  constructor(
    private readonly parts: CodedParts,
    private readonly w: Float64Array,
    subset: Int32Array,
  ) {
    this.total = steadySum(w);
    this.weightOf = parts.texts.map((text) => sumsByLevel(text, w));
    this.slots = slotsOf(parts, subset);
  }

  /** The product of columns j and k. */
  of(j: number, k: number): number {
    const { numbers, partOf, placeOf } = this.parts;
    const [partJ, partK] = [partOf[j], partOf[k]];
    const [a, b] = [placeOf[j], placeOf[k]];
    if (partJ < 0 && partK < 0) return dotByBlocks(numbers[b], this.weightedNumber(a));
    if (partJ < 0) return this.ofNumberAndLevel(a, partK, b);
    if (partK < 0) return this.ofNumberAndLevel(b, partJ, a);
    return this.ofLevels(partJ, a, partK, b);
  }

  /** The sum of w (1_a - centre_a) (1_b - centre_b), divided by both scales. */
  private ofLevels(partA: number, a: number, partB: number, b: number): number {
    const [textA, textB] = [this.parts.texts[partA], this.parts.texts[partB]];
    const [weightA, weightB] = [this.weightOf[partA][a], this.weightOf[partB][b]];
    const both = partA === partB ? (a === b ? weightA : 0) : this.weightOfBoth(partA, a, partB, b);
    const inA = both - textB.centre[b] * weightA;
    const onAll = textA.centre[a] * (weightB - textB.centre[b] * this.total);
    return standardized(textB, b, standardized(textA, a, inA, onAll), 0);
  }

  private ofNumberAndLevel(j: number, part: number, level: number): number {
    const text = this.parts.texts[part];
    const { total, byText } = this.ofNumber(j);
    return standardized(text, level, byText[part][level], text.centre[level] * total);
  }

  private ofNumber(j: number): NumberSums {
    const known = this.ofNumbers.get(j);
    if (known !== undefined) return known;
    const weighted = this.weightedNumber(j);
    const made = {
      total: steadySum(weighted),
      byText: this.parts.texts.map((text) => sumsByLevel(text, weighted)),
    };
    this.ofNumbers.set(j, made);
    return made;
  }

  /** Products are asked for row by row, so a column of a row is wanted many times on end. */
  private weightedNumber(j: number): Float64Array {
    if (this.weighted?.j !== j) this.weighted = { j, x: this.parts.numbers[j].map((x, i) => x * this.w[i]) };
    return this.weighted.x;
  }

  /** The weight of the rows that have one level of one column and one of another. */
  private weightOfBoth(partA: number, a: number, partB: number, b: number): number {
    if (partA > partB) return this.weightOfBoth(partB, b, partA, a);
    const key = partA * this.parts.texts.length + partB;
    const table = this.crossTables.get(key) ?? this.crossTable(partA, partB);
    this.crossTables.set(key, table);
    return table.sums[this.slots[partA][a] * table.width + this.slots[partB][b]];
  }

  private crossTable(partA: number, partB: number): { width: number; sums: Float64Array } {
    const [slotsA, slotsB] = [this.slots[partA], this.slots[partB]];
    const [codesA, codesB] = [this.parts.texts[partA].codes, this.parts.texts[partB].codes];
    const width = countOf(slotsB);
    const places = codesA.map((code, i) => {
      const [a, b] = [slotOf(slotsA, code), slotOf(slotsB, codesB[i])];
      return a < 0 || b < 0 ? -1 : a * width + b;
    });
    const sums = sumsByPlace(places, countOf(slotsA) * width, this.w);
    return { width, sums };
  }
}

/** The sum of a column of numbers times the weights, and by text column the sum on each level. */
interface NumberSums {
  readonly total: number;
  readonly byText: readonly Float64Array[];
}

/** By text column the place of each level among those that some features name; -1 for the others. */
function slotsOf({ texts, partOf, placeOf }: CodedParts, subset: Int32Array): Int32Array[] {
  const slots = texts.map(({ scale }) => new Int32Array(scale.length).fill(-1));
  const counts = new Int32Array(texts.length);
  for (const j of subset) {
    const part = partOf[j];
    if (part >= 0 && slots[part][placeOf[j]] < 0) slots[part][placeOf[j]] = counts[part]++;
  }
  return slots;
}

function slotOf(slots: Int32Array, code: number): number {
  return code < 0 ? -1 : slots[code];
}

function countOf(slots: Int32Array): number {
  return slots.reduce((most, slot) => Math.max(most, slot + 1), 0);
}

/** (sum over the rows of a level - what the centre takes off) / scale. */
function standardized({ scale }: CodedColumn, level: number, sum: number, off: number): number {
  return scale[level] === 0 ? 0 : (sum - off) / scale[level];
}

/** The sum of r over the rows of each level. */
function sumsByLevel({ codes, scale }: CodedColumn, r: Float64Array): Float64Array {
  return sumsByPlace(codes, scale.length, r);
}

function addByLevel(codes: Int32Array, heights: Float64Array, eta: Float64Array): void {
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) eta[i] += heights[codes[i]];
}
