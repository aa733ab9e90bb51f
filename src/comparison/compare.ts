import { DataError } from '../errors.js';
import type { Metrics } from '../fit/fit-report.js';
import { VERSION } from '../version.js';
import { shown } from '../visible.js';
import { type ColumnChange, columnChanges } from './columns.js';
import type { Comparable } from './comparable.js';

/** |new - base| <= atol + rtol |base| is no difference, as in numpy's allclose. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** A figure of both sides; null where a side does not have it. */
export interface FigureChange {
  /** As gates name it: `test.rmse`. */
  readonly name: string;
  readonly base: number | null;
  readonly new: number | null;
  /** new - base; null where a side does not have it. */
  readonly change: number | null;
  /** Whether it lies beyond the tolerance. */
  readonly beyond: boolean;
}

/** A feature with a coefficient other than 0 on one side at least. */
export interface FeatureChange {
  readonly feature: string;
  /** entered: 0 or absent before; left: 0 or absent now; sign; size: beyond the tolerance; same: within it. */
  readonly status: 'entered' | 'left' | 'sign' | 'size' | 'same';
  readonly base: number;
  readonly new: number;
  readonly change: number;
  readonly beyond: boolean;
}

/** A setting of the problem in which the sides differ, not a result. */
export interface SettingChange {
  readonly name: string;
  readonly base: string;
  readonly new: string;
}

export interface Side {
  readonly source: string;
  readonly kind: Comparable['kind'];
  readonly lambda: number;
  readonly nonzero: number;
  readonly certified: boolean;
}

/** How one solution differs from another. */
export interface DiffReport {
  readonly version: string;
  readonly base: Side;
  readonly new: Side;
  readonly tolerance: Tolerance;
  readonly settings: readonly SettingChange[];
  readonly figures: readonly FigureChange[];
  readonly features: readonly FeatureChange[];
  /** Every feature of either side, those with coefficient 0 on both too; not in the JSON. */
  readonly names: readonly string[];
  readonly columns: readonly ColumnChange[];
  readonly entered: number;
  readonly left: number;
  readonly signChanged: number;
  readonly sizeChanged: number;
  /** Figures, features and columns beyond the tolerance, all together. */
  readonly beyond: number;
}

/**
 * Compares two solutions of the same target.
 * @throws DataError if they predict different things, because then no figures are comparable
 */
export function compare(base: Comparable, next: Comparable, tolerance: Tolerance): DiffReport {
  refuseOtherTarget(base, next);
  const figures = figureChanges(base, next, tolerance);
  const features = featureChanges(base, next, tolerance);
  const columns =
    base.columns === null || next.columns === null ? [] : columnChanges(base.columns, next.columns);
  const count = (status: FeatureChange['status']) =>
    features.filter((f) => f.status === status && f.beyond).length;
  return {
    version: VERSION,
    base: sideOf(base),
    new: sideOf(next),
    tolerance,
    settings: settingChanges(base, next),
    figures,
    features,
    names: [...new Set([...base.coefficients.keys(), ...next.coefficients.keys()])],
    columns,
    entered: count('entered'),
    left: count('left'),
    signChanged: count('sign'),
    sizeChanged: count('size'),
    beyond: [...figures, ...features].filter(({ beyond }) => beyond).length + columns.length,
  };
}

function refuseOtherTarget(base: Comparable, next: Comparable): void {
  const what = ({ target, model }: Comparable) =>
    `${shown(target.name)} (${model.family}${target.classes === null ? '' : `, ${target.classes.map((c) => shown(c)).join(' and ')}`})`;
  if (what(base) === what(next)) return;
  throw new DataError(
    `${base.source} predicts ${what(base)}, ${next.source} predicts ${what(next)}; compare solutions of the same target`,
  );
}

function sideOf({ source, kind, lambda, coefficients, certified }: Comparable): Side {
  const nonzero = [...coefficients.values()].filter((b) => b !== 0).length;
  return { source, kind, lambda, nonzero, certified };
}

function settingChanges(base: Comparable, next: Comparable): SettingChange[] {
  const settings = ({ model, rule }: Comparable) => ({
    penalty: model.penalty,
    l1Ratio: String(model.l1Ratio),
    standardize: String(model.standardize),
    standardizeTarget: String(model.standardizeTarget),
    intercept: String(model.intercept),
    select: rule,
  });
  const [before, after] = [settings(base), settings(next)];
  return (Object.keys(before) as (keyof typeof before)[])
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, base: before[name], new: after[name] }));
}

function figureChanges(base: Comparable, next: Comparable, tolerance: Tolerance): FigureChange[] {
  const before = new Map(figuresOf(base));
  return figuresOf(next).map(([name, value]) => {
    const old = before.get(name) ?? null;
    const change = old === null || value === null ? null : value - old;
    // A figure that only one side has is outside every tolerance; one that neither has is not a difference.
    const beyond = change === null ? old !== value : !isWithin(old!, value!, tolerance);
    return { name, base: old, new: value, change, beyond };
  });
}

/** The figures that are compared, in the order shown; both sides have the same names. */
function figuresOf({ lambda, intercept, train, test, cv }: Comparable): [string, number | null][] {
  const part = (name: string, metrics: Metrics | null): [string, number | null][] =>
    Object.keys(train).map((metric) => [
      `${name}.${metric}`,
      (metrics as Record<string, number | null> | null)?.[metric] ?? null,
    ]);
  return [
    ['lambda', lambda],
    ['intercept', intercept],
    ...part('train', train),
    ...part('test', test),
    ['cv.mean', cv?.mean ?? null],
    ['cv.standardError', cv?.standardError ?? null],
  ];
}

function featureChanges(base: Comparable, next: Comparable, tolerance: Tolerance): FeatureChange[] {
  const names = new Set([...base.coefficients.keys(), ...next.coefficients.keys()]);
  return [...names].flatMap((feature) => {
    const old = base.coefficients.get(feature) ?? 0;
    const value = next.coefficients.get(feature) ?? 0;
    if (old === 0 && value === 0) return [];
    const beyond = !isWithin(old, value, tolerance);
    return [
      { feature, status: statusOf(old, value, beyond), base: old, new: value, change: value - old, beyond },
    ];
  });
}

function statusOf(old: number, value: number, beyond: boolean): FeatureChange['status'] {
  if (old === 0) return 'entered';
  if (value === 0) return 'left';
  if (!beyond) return 'same';
  return old > 0 === value > 0 ? 'size' : 'sign';
}

function isWithin(base: number, value: number, { atol, rtol }: Tolerance): boolean {
  return Math.abs(value - base) <= atol + rtol * Math.abs(base);
}
