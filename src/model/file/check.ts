import { DataError } from '../../errors.js';
import { FAMILIES } from '../../families/families.js';
import { METRIC_NAMES } from '../../fit/fit-report.js';
import type { ColumnSchema, Distribution, Model, ModelFeature, SelfTestRow } from '../model.js';

/** Shares are quotients of counts, so that their sum is 1 but for rounding. */
const CLOSE = 1e-9;

type Content = Omit<Model, 'digest'>;

/** What a schema cannot express: which fields of a model belong together, and how. */
const RULES: readonly (readonly [holds: (model: Content) => boolean, words: string])[] = [
  [hasColumns, 'its features and columns do not belong together'],
  [
    ({ columns }) => columns.every(isColumn),
    'the levels, ranges or shares of a column contradict each other',
  ],
  [
    ({ target }) => isDistribution(target.training),
    'the range or the shares of the target contradict each other',
  ],
  [hasClasses, 'its family, classes and errors do not belong together'],
  [hasCertificate, 'it claims a certificate that its own figures do not reach'],
  [hasRows, 'its counts of rows contradict each other'],
  [hasRoles, 'its options name another target, weights or offset'],
  [hasCells, 'the rows of its self-test do not fit its columns'],
];

/** @throws DataError with the first rule that is broken */
export function checkModel(model: Content, source: string, remedy: string): void {
  const broken = RULES.find(([holds]) => !holds(model));
  if (broken !== undefined) throw new DataError(`${source}: ${broken[1]}; ${remedy}`);
}

/** Every feature has its column, and each column its features: itself, or its levels. */
function hasColumns({ columns, features }: Content): boolean {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const found = new Map<string, (string | null)[]>(columns.map(({ name }) => [name, []]));
  for (const { column, level } of features) found.get(column)?.push(level);
  return (
    byName.size === columns.length &&
    features.every((feature) => isFeatureOf(byName.get(feature.column), feature)) &&
    columns.every((column) => {
      const levels = found.get(column.name)!;
      return levels.length === (column.type === 'text' ? column.levels.length : 1) && areDistinct(levels);
    })
  );
}

function isFeatureOf(column: ColumnSchema | undefined, { name, level }: ModelFeature): boolean {
  if (column === undefined) return false;
  return column.type === 'text' ? name === `${column.name}=${level}` : level === null && name === column.name;
}

function areDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function isColumn(column: ColumnSchema): boolean {
  if (column.type === 'numeric') return isDistribution(column);
  const { levels, shares } = column;
  const isAscending = levels.every((level, k) => k === 0 || levels[k - 1] < level);
  return isAscending && shares.length === levels.length && (levels.length === 0 || sumsTo1(shares));
}

/** All figures of the numbers are there, or none if all are missing. */
function isDistribution({ mean, deviation, min, max, edges, shares }: Distribution): boolean {
  if (shares.length !== edges.length + 1 || !sumsTo1(shares)) return false;
  if (mean === null || deviation === null || min === null || max === null) {
    return mean === deviation && deviation === min && min === max && edges.length === 0;
  }
  const isAscending = edges.every((edge, k) => edge >= (k === 0 ? min : edges[k - 1]) && edge <= max);
  // A mean is rounded, so it may be one digit outside values that hardly differ.
  const slack = CLOSE * Math.max(Math.abs(min), Math.abs(max));
  return isAscending && areDistinct(edges) && min - slack <= mean && mean <= max + slack;
}

function sumsTo1(shares: readonly number[]): boolean {
  return Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= CLOSE;
}

function hasClasses({ model, target, metrics }: Content): boolean {
  const hasClasses = FAMILIES[model.family].target === 'classes';
  const { train, test, baseline } = metrics;
  const all = [train, test, baseline.train, baseline.test].filter((errors) => errors !== null);
  return (
    (target.classes !== null) === hasClasses &&
    all.every((errors) => METRIC_NAMES[model.family][0] in errors) &&
    (test === null) === (baseline.test === null)
  );
}

function hasCertificate({ certificate: { certified, kkt, tolerance } }: Content): boolean {
  return !certified || kkt <= tolerance;
}

/** Test rows from another file are not rows of the training file. */
function hasRows({ training, split }: Content): boolean {
  const { rows, rowsUsed, rowsDropped } = training;
  const fromFile = split.method === 'file' ? split.train : split.train + split.test;
  return (
    rows === rowsUsed + rowsDropped &&
    rowsUsed === fromFile &&
    (split.method === 'none') === (split.test === 0)
  );
}

function hasRoles({ options, target, weights, offset }: Content): boolean {
  return options.target === target.name && options.weights === weights && options.offset === offset;
}

function hasCells({ selfTest, columns }: Content): boolean {
  const isCellOf = ({ type }: ColumnSchema, cell: SelfTestRow['cells'][number]) =>
    cell === null || (typeof cell === 'number') === (type === 'numeric');
  return selfTest.every(
    ({ cells }) =>
      cells.length === columns.length && columns.every((column, k) => isCellOf(column, cells[k])),
  );
}
