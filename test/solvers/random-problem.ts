import fc from 'fast-check';
import { binomial } from '../../src/families/binomial.js';
import { gaussian } from '../../src/families/gaussian.js';
import type { Problem } from '../../src/problem/problem.js';
import { RowBlocks } from '../reference/row-blocks.js';

/** What kind of problem to draw; the numbers follow from the seed alone. */
export interface ProblemSpec {
  readonly seed: number;
  readonly rows: number;
  readonly columns: number;
  readonly family: 'gaussian' | 'binomial';
  readonly l1Ratio: number;
  readonly weights: 'none' | 'varied' | 'some zero';
  readonly offset: boolean;
  readonly intercept: boolean;
  readonly standardize: boolean;
  readonly factor: 'one' | 'varied' | 'some zero';
  readonly bounds: 'none' | 'nonnegative' | 'mixed';
  readonly columnsAre: 'independent' | 'correlated' | 'duplicated' | 'one-hot';
}

export const PLAIN: ProblemSpec = {
  seed: 1,
  rows: 30,
  columns: 5,
  family: 'gaussian',
  l1Ratio: 1,
  weights: 'none',
  offset: false,
  intercept: true,
  standardize: true,
  factor: 'one',
  bounds: 'none',
  columnsAre: 'independent',
};

/** A problem and its matrix as plain columns, for checks that do not go through the design. */
export interface Drawn {
  readonly problem: Problem;
  readonly z: readonly Float64Array[];
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers from a seed. */
export function normal(seed: number): () => number {
  const draw = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** Arbitrary specs; `fixed` parts are not drawn. */
export function specs(
  fixed: Partial<ProblemSpec> = {},
  shape: { maxRows?: number; maxColumns?: number } = {},
): fc.Arbitrary<ProblemSpec> {
  return fc
    .record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      rows: fc.integer({ min: 8, max: shape.maxRows ?? 40 }),
      columns: fc.integer({ min: 1, max: shape.maxColumns ?? 12 }),
      family: fc.constantFrom('gaussian' as const, 'binomial' as const),
      l1Ratio: fc.constantFrom(0, 0.3, 0.9, 1),
      weights: fc.constantFrom('none' as const, 'varied' as const, 'some zero' as const),
      offset: fc.boolean(),
      intercept: fc.boolean(),
      standardize: fc.boolean(),
      factor: fc.constantFrom('one' as const, 'varied' as const, 'some zero' as const),
      bounds: fc.constantFrom('none' as const, 'nonnegative' as const, 'mixed' as const),
      columnsAre: fc.constantFrom(
        'independent' as const,
        'correlated' as const,
        'duplicated' as const,
        'one-hot' as const,
      ),
    })
    .map((spec) => ({ ...spec, ...fixed }));
}

/** Draws the problem a spec describes. */
export function draw(partial: Partial<ProblemSpec>): Drawn {
  const spec = { ...PLAIN, ...partial };
  const { rows, columns } = spec;
  const random = normal(spec.seed);
  const chance = uniform(spec.seed + 1);
  const v = drawWeights(spec, chance);
  const z = drawColumns(spec, random, chance);
  for (const column of z) standardize(column, v, spec);
  const truth = Array.from({ length: columns }, () => (chance() < 0.5 ? random() : 0));
  const offset = Float64Array.from({ length: rows }, () => (spec.offset ? random() : 0));
  const eta = Array.from(offset, (o, i) => o + 0.3 + z.reduce((s, c, j) => s + truth[j] * c[i], 0));
  const y = Float64Array.from(eta, (e) =>
    spec.family === 'gaussian' ? e + random() : chance() < 1 / (1 + Math.exp(-e)) ? 1 : 0,
  );
  if (spec.family === 'binomial') mixClasses(y, v);
  return { problem: toProblem(spec, z, y, v, offset, chance), z };
}

/** A problem from plain columns. */
export function problemOf(
  z: readonly Float64Array[],
  y: Float64Array,
  options: Partial<Omit<Problem, 'design'>> = {},
): Problem {
  const rows = y.length;
  const v = options.v ?? new Float64Array(rows).fill(1 / rows);
  const mean = y.reduce((s, value, i) => s + v[i] * value, 0);
  const interceptGradient = z.map((c) => Math.abs(c.reduce((s, x, i) => s + v[i] * x * (y[i] - mean), 0)));
  return {
    family: gaussian,
    y,
    v,
    offset: new Float64Array(rows),
    intercept: true,
    penalty: {
      l1Ratio: 1,
      factor: new Float64Array(z.length).fill(1),
      lower: new Float64Array(z.length).fill(-Infinity),
      upper: new Float64Array(z.length).fill(Infinity),
    },
    gradientScale: Math.max(...interceptGradient) || 1,
    ...options,
    design: RowBlocks.layOut(rows, z.length, (j, from, out) => {
      out.set(z[j].subarray(from, from + out.length));
    }),
  };
}

function toProblem(
  spec: ProblemSpec,
  z: Float64Array[],
  y: Float64Array,
  v: Float64Array,
  offset: Float64Array,
  chance: () => number,
): Problem {
  const each = (make: () => number) => Float64Array.from({ length: spec.columns }, make);
  const factor = each(() => {
    if (spec.factor === 'one') return 1;
    const drawn = 0.2 + 2 * chance();
    return spec.factor === 'some zero' && chance() < 0.25 ? 0 : drawn;
  });
  const mixed = spec.bounds === 'mixed';
  const lower = each(() =>
    spec.bounds === 'nonnegative' ? 0 : mixed && chance() < 0.4 ? -0.5 * chance() : -Infinity,
  );
  const upper = each(() => (mixed && chance() < 0.4 ? (chance() < 0.3 ? 0 : 0.5 * chance()) : Infinity));
  return problemOf(z, y, {
    family: spec.family === 'gaussian' ? gaussian : binomial,
    v,
    offset,
    intercept: spec.intercept,
    penalty: { l1Ratio: spec.l1Ratio, factor, lower, upper },
  });
}

function drawWeights({ rows, weights }: ProblemSpec, chance: () => number): Float64Array {
  const w = Float64Array.from({ length: rows }, (_, i) => {
    if (weights === 'none') return 1;
    return weights === 'some zero' && i >= 4 && chance() < 0.3 ? 0 : 0.1 + 3 * chance();
  });
  const total = w.reduce((a, b) => a + b, 0);
  return w.map((x) => x / total);
}

function drawColumns(
  { rows, columns, columnsAre }: ProblemSpec,
  random: () => number,
  chance: () => number,
): Float64Array[] {
  const shared = Array.from({ length: rows }, random);
  const level = Array.from({ length: rows }, () => Math.floor(chance() * columns));
  const z: Float64Array[] = [];
  for (let j = 0; j < columns; j++) {
    const scale = Math.exp(random());
    const fresh = Float64Array.from({ length: rows }, (_, i) => {
      if (columnsAre === 'one-hot') return level[i] === j ? 1 : 0;
      return scale * (random() + (columnsAre === 'correlated' ? 4 * shared[i] : 0));
    });
    z.push(columnsAre === 'duplicated' && j % 2 === 1 ? z[j - 1].slice() : fresh);
  }
  return z;
}

function standardize(x: Float64Array, v: Float64Array, spec: ProblemSpec): void {
  const mean = x.reduce((s, value, i) => s + v[i] * value, 0);
  const variance = x.reduce((s, value, i) => s + v[i] * (value - mean) ** 2, 0);
  const scale = spec.standardize ? Math.sqrt(variance) : 1;
  for (let i = 0; i < x.length; i++) {
    x[i] = variance < 1e-20 ? 0 : (x[i] - (spec.intercept ? mean : 0)) / scale;
  }
}

/** Gives both classes weight: the first four rows always have some. */
function mixClasses(y: Float64Array, v: Float64Array): void {
  const has = (value: number) => y.some((x, i) => x === value && v[i] > 0);
  if (!has(0)) y[0] = 0;
  if (!has(1)) y[1] = 1;
}
