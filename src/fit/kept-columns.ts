import type { FitOutcome } from './fit.js';

/**
 * The feature columns with a coefficient other than 0 at the selected lambda, and the others, in the order of the data. A column of categories is
 * kept when any of its levels is.
 */
export function keptColumns({ report, prepared, parts }: Pick<FitOutcome, 'report' | 'prepared' | 'parts'>): {
  kept: string[];
  leftOut: string[];
} {
  const { coefficients } = report.path[report.selected.index];
  const inModel = new Set(
    prepared.features.filter((_, j) => coefficients[j] !== 0).map(({ column }) => column),
  );
  const names = parts.train.features.map(({ name }) => name);
  return {
    kept: names.filter((name) => inModel.has(name)),
    leftOut: names.filter((name) => !inModel.has(name)),
  };
}
