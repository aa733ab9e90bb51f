import type { TextColumn } from '../csv/columns/table.js';
import { type CodedColumn, CodedDesign, type CodedParts } from '../design/coded.js';
import type { Learning } from '../design/standardized-columns.js';
import { steadySum, sumsByPlace } from '../linalg/steady-sums.js';
import type { Engine } from '../runtime/engine.js';
import { featureValues, type UsableColumn } from './encode.js';
import type { LaidOut, SourcedFeature } from './laid-out.js';
import { learnStandardization, type Standardization, standardizeInPlace } from './standardize.js';

/** From this many cells on codes can pay off. */
const FEWEST_CELLS = 1 << 14;

/**
 * How many features a column of the table must have on average: the compiled kernels are faster on the unfolded levels below it (measured
 * with 15,000 and 100,000 rows: they take 0.4 to 0.9 of the time of codes at 4 to 25 features a column, 1.1 to 1.2 at 63).
 */
const FEATURES_A_COLUMN = 40;

/** Unfolded levels that would take more cells than these are kept as codes whatever the time: half a gigabyte. */
const MOST_CELLS = 1 << 26;
const FEATURES_A_COLUMN_OF_MANY = 3;

/** Whether a design is kept as codes: where levels of text columns are most of its features. The problem alone decides. */
export function isMostlyLevels(features: readonly SourcedFeature[], rows: number): boolean {
  const columns = new Set(features.map(({ column }) => column)).size;
  const { length } = features;
  const cells = length * rows;
  const fewest = cells > MOST_CELLS ? FEATURES_A_COLUMN_OF_MANY : FEATURES_A_COLUMN;
  return length <= rows && cells >= FEWEST_CELLS && length >= fewest * columns;
}

/** `layOutTraining` for a design that is kept as codes. Cost: one pass for each column of the table, whatever its levels. */
export function layOutTrainingCoded(
  features: readonly SourcedFeature[],
  rows: Int32Array,
  learning: Learning,
  engine: Engine,
): LaidOut {
  const standardization: Standardization[] = new Array(features.length);
  for (const { column, places } of groupsOf(features)) {
    const learned =
      column.kind === 'numeric'
        ? places.map(() => null)
        : learnIndicators(codesOf(features, column, places, rows), places.length, learning);
    places.forEach((j, k) => {
      standardization[j] = learned[k] ?? learnOf(features[j], rows, learning);
    });
  }
  const layOut = (others: readonly SourcedFeature[], otherRows: Int32Array) =>
    layOutCoded(others, otherRows, standardization, engine);
  return { design: layOut(features, rows), standardization, layOut };
}

function learnOf({ spec, column }: SourcedFeature, rows: Int32Array, learning: Learning): Standardization {
  return learnStandardization(featureValues(spec, column, rows), learning.v, learning);
}

/** Lays rows out as codes. */
function layOutCoded(
  features: readonly SourcedFeature[],
  rows: Int32Array,
  standardization: readonly Standardization[],
  engine: Engine,
): CodedDesign {
  const numbers: Float64Array[] = [];
  const texts: CodedColumn[] = [];
  const partOf = new Int32Array(features.length).fill(-1);
  const placeOf = new Int32Array(features.length);
  for (const { column, places } of groupsOf(features)) {
    places.forEach((j, level) => {
      if (column.kind === 'numeric') {
        const x = featureValues(features[j].spec, column, rows);
        standardizeInPlace(x, standardization[j]);
        placeOf[j] = numbers.push(x) - 1;
      } else {
        partOf[j] = texts.length;
        placeOf[j] = level;
      }
    });
    if (column.kind === 'text') {
      const centre = Float64Array.from(
        places,
        (j) => standardization[j].centre + standardization[j].remainder,
      );
      const scale = Float64Array.from(places, (j) => standardization[j].scale);
      texts.push({ codes: codesOf(features, column, places, rows), centre, scale });
    }
  }
  const parts: CodedParts = { rows: rows.length, numbers, texts, partOf, placeOf };
  return new CodedDesign(parts, engine);
}

interface Group {
  readonly column: UsableColumn;
  /** Its features. */
  readonly places: number[];
}

/** The columns of the table, in the order of the features. */
function groupsOf(features: readonly SourcedFeature[]): Group[] {
  const groups = new Map<UsableColumn, Group>();
  features.forEach(({ column }, j) => {
    const group = groups.get(column) ?? { column, places: [] };
    group.places.push(j);
    groups.set(column, group);
  });
  return [...groups.values()];
}

/** Which of a text column's features each row has: its place among them, or -1. */
function codesOf(
  features: readonly SourcedFeature[],
  column: TextColumn,
  places: readonly number[],
  rows: Int32Array,
): Int32Array {
  const specs = places.map((j) => features[j].spec);
  const levelOf = new Map(column.levels.map((level, code) => [level, code]));
  const placeOf = new Int32Array(column.levels.length).fill(-1);
  specs.forEach(({ level }, place) => {
    const code = levelOf.get(level as string);
    if (code !== undefined) placeOf[code] = place;
  });
  const filled = specs.findIndex(({ fill }) => fill === 1);
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const code = column.codes[rows[i]];
    codes[i] = code < 0 ? filled : placeOf[code];
  }
  return codes;
}

/**
 * The standardization of each indicator from the weight s of its rows: mean s, deviation sqrt(s (1 - s)), root mean square sqrt(s);
 * `learnStandardization` says when each is the scale. Null for one that is the same on all rows of some weight.
 */
function learnIndicators(
  codes: Int32Array,
  count: number,
  { v, intercept, standardize }: Learning,
): (Standardization | null)[] {
  const places = codes.map((code) => (code < 0 ? count : code));
  const weight = sumsByPlace(places, count + 1, v);
  const present = new Int32Array(count + 1);
  for (let i = 0; i < places.length; i++) if (v[i] > 0) present[places[i]]++;
  const rows = present.reduce((a, b) => a + b, 0);
  const total = steadySum(weight);
  return Array.from({ length: count }, (_, place) => {
    if (present[place] === 0 || present[place] === rows) return null;
    const share = weight[place] / total;
    const about = intercept || standardize ? restOf(weight, place, total) : 1;
    const scale = Math.sqrt(share * about);
    return { centre: intercept ? share : 0, remainder: 0, scale };
  });
}

/** The share of all other places; summed up where a difference would lose digits. */
function restOf(weight: Float64Array, place: number, total: number): number {
  if (weight[place] < total / 2) return 1 - weight[place] / total;
  return steadySum(weight.map((w, other) => (other === place ? 0 : w))) / total;
}
