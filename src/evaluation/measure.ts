import type { Table } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import { sigmoid } from '../families/binomial.js';
import { FAMILIES } from '../families/families.js';
import type { Warning } from '../fit/fit-report.js';
import { calibration } from '../metrics/calibration.js';
import { confusion } from '../metrics/confusion.js';
import { METRICS } from '../metrics/family-metrics.js';
import { rocCurve } from '../metrics/roc.js';
import type { Model } from '../model/model.js';
import type { TableScores } from '../model/score/table.js';
import type { EvaluateReport } from './evaluate-report.js';
import { labelsOf, weightsOf } from './labels.js';

/** The rows that count, gathered: target, linear predictor, weight, and the predictor of the baseline. */
interface Gathered {
  readonly y: Float64Array;
  readonly eta: Float64Array;
  readonly w: Float64Array;
  readonly baseline: Float64Array;
}

export type Measured = Pick<EvaluateReport, 'metrics' | 'baseline' | 'confusion' | 'calibration' | 'roc'> & {
  readonly rowsUsed: number;
  readonly rowsUnlabelled: number;
  readonly rowsUnscored: number;
};

/**
 * How well the scores of a table predict its target.
 * @param threshold from which probability on a row is called positive
 * @throws DataError where no row can be measured
 */
export function measure(
  model: Model,
  table: Table,
  { eta }: TableScores,
  threshold: number,
  warnings: Warning[],
): Measured {
  const y = labelsOf(model, table);
  const w = weightsOf(model, table);
  const labelled = countOf(y, (label) => !Number.isNaN(label));
  const used = Int32Array.from(y.keys()).filter(
    (i) => !Number.isNaN(y[i]) && !Number.isNaN(eta[i]) && !Number.isNaN(w[i]),
  );
  const rowsUnlabelled = table.rows - labelled;
  const rowsUnscored = labelled - used.length;
  warnAbout(rowsUnlabelled, rowsUnscored, table, model, warnings);
  const rows = gathered(used, y, eta, w, model, table);
  if (!rows.w.some((weight) => weight > 0)) {
    const why =
      labelled === 0
        ? 'no row has a target'
        : used.length === 0
          ? 'no row with a target can be scored'
          : 'all weights are 0';
    throw new DataError(
      `${table.source}: ${why}, so nothing can be measured; --check-only compares the columns alone`,
    );
  }
  return {
    rowsUsed: used.length,
    rowsUnlabelled,
    rowsUnscored,
    ...figures(model.model.family, rows, threshold),
  };
}

function warnAbout(
  unlabelled: number,
  unscored: number,
  table: Table,
  model: Model,
  warnings: Warning[],
): void {
  const of = `of ${table.rows} rows`;
  if (unlabelled > 0) {
    const known = model.target.classes === null ? 'a target' : 'a target of the two classes';
    warnings.push({
      code: 'rows-unlabelled',
      message: `${table.source}: ${unlabelled} ${of} are without ${known} and left out of the metrics`,
    });
  }
  if (unscored > 0) {
    warnings.push({
      code: 'rows-unscored',
      message: `${table.source}: ${unscored} ${of} lack a cell that the model needs and does not fill, and are left out of the metrics`,
    });
  }
}

function countOf(x: Float64Array, test: (value: number) => boolean): number {
  return x.reduce((count, value) => count + (test(value) ? 1 : 0), 0);
}

function gathered(
  rows: Int32Array,
  y: Float64Array,
  eta: Float64Array,
  w: Float64Array,
  model: Model,
  table: Table,
): Gathered {
  const pick = (x: Float64Array) => Float64Array.from(rows, (row) => x[row]);
  const offset = table.columns.find(({ name }) => name === model.offset);
  const baseline = Float64Array.from(rows, (row) => {
    return model.baselineIntercept + (offset?.kind === 'numeric' ? offset.values[row] : 0);
  });
  return { y: pick(y), eta: pick(eta), w: pick(w), baseline };
}

function figures(family: Model['model']['family'], { y, eta, w, baseline }: Gathered, threshold: number) {
  const { of } = METRICS[family];
  const both = { metrics: of(y, eta, w), baseline: of(y, baseline, w) };
  if (FAMILIES[family].target !== 'classes')
    return { ...both, confusion: null, calibration: null, roc: null };
  const probability = eta.map(sigmoid);
  return {
    ...both,
    confusion: confusion(y, probability, w, threshold),
    calibration: calibration(y, eta, probability, w),
    roc: rocCurve(y, probability, w),
  };
}
