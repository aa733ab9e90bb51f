import type { FitReport } from '../../fit/fit-report.js';

/** One feature as the path saw it. */
export interface FeatureEntry {
  /** Column of the coefficients. */
  readonly feature: number;
  /** Index of the first (largest) lambda with a non-zero coefficient; -1 if there is none. */
  readonly entered: number;
}

/** For each feature, in file order, the index of the first lambda with a non-zero coefficient, or -1. */
export function entryIndices(report: FitReport): Int32Array {
  const entered = new Int32Array(report.features.length).fill(-1);
  report.path.forEach(({ coefficients }, index) => {
    for (let j = 0; j < entered.length; j += 1) {
      if (entered[j] < 0 && coefficients[j] !== 0) entered[j] = index;
    }
  });
  return entered;
}

/** The coefficient of feature `j` at the `index`-th lambda, in standardized units. */
export function standardized(report: FitReport, index: number, j: number): number {
  return report.path[index].coefficients[j] * report.featureScale[j];
}

/** Sorts by size at a lambda each entry chooses, the larger first; then file order. */
const bySize = (report: FitReport, at: (entry: FeatureEntry) => number) => {
  const size = (entry: FeatureEntry): number => Math.abs(standardized(report, at(entry), entry.feature));
  return (a: FeatureEntry, b: FeatureEntry): number => size(b) - size(a) || a.feature - b.feature;
};

/**
 * The features that enter the path, in the order of entry; of those that enter together the one with the larger
 * standardized coefficient there comes first, then the file's order. Features that never enter are left out.
 */
export function entryOrder(report: FitReport): FeatureEntry[] {
  const ties = bySize(report, ({ entered }) => entered);
  return entries(report).sort((a, b) => a.entered - b.entered || ties(a, b));
}

/** The features that enter the path, those with the larger standardized coefficient at the selected lambda first. */
export function sizeOrder(report: FitReport): FeatureEntry[] {
  return entries(report).sort(bySize(report, () => report.selected.index));
}

function entries(report: FitReport): FeatureEntry[] {
  return Array.from(entryIndices(report), (entered, feature) => ({ feature, entered })).filter(
    ({ entered }) => entered >= 0,
  );
}
