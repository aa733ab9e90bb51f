import type { DiffReport, FeatureChange } from '../comparison/compare.js';
import type { Figure, GateFunction, GateScope } from './scope.js';

/** Counts of a comparison, by their names in the JSON. */
const COUNTS = ['entered', 'left', 'signChanged', 'sizeChanged', 'beyond'] as const;

/** Figures of one feature; a feature that is 0 on both sides is not in the report, and 0 here. */
const FUNCTIONS: readonly (readonly [string, (change: FeatureChange) => number])[] = [
  ['coef', (feature) => feature.new],
  ['base', (feature) => feature.base],
  ['change', (feature) => feature.change],
];

/**
 * A comparison as gates see it: `test.rmse` is the new side's figure, `base.test.rmse` the base's, `change.test.rmse` their difference; in
 * the same way `coef("age")`, `base("age")`, `change("age")`; and the counts `entered`, `left`, ...
 */
export function diffScope(report: DiffReport): GateScope {
  const figures = new Map<string, Figure>();
  for (const { name, base, new: now, change } of report.figures) {
    figures.set(name, () => now);
    figures.set(`base.${name}`, () => base);
    figures.set(`change.${name}`, () => change);
  }
  for (const name of COUNTS) figures.set(name, () => report[name]);
  figures.set('nonzero', () => report.new.nonzero);
  figures.set('base.nonzero', () => report.base.nonzero);
  figures.set('certified', () => Number(report.new.certified));
  figures.set('columns', () => report.columns.length);
  return { subject: 'a comparison', figures, functions: functionsOf(report) };
}

function functionsOf({ features, names }: DiffReport): ReadonlyMap<string, GateFunction> {
  return new Map(
    FUNCTIONS.map(([name, value]) => {
      const values = new Map<string, number>(names.map((feature) => [feature, 0]));
      for (const change of features) values.set(change.feature, value(change));
      return [name, { argument: 'feature', values }];
    }),
  );
}
