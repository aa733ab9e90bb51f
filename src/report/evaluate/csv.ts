import type { EvaluateReport } from '../../evaluation/evaluate-report.js';
import { csvRow } from '../media/csv.js';
import { familyWords, metricValues } from '../metrics.js';
import type { EvaluateTable, EvaluateViewOptions } from '../options.js';

/** One of the tables of an evaluation as CSV; without rows where the report does not have it. */
export function* csv(
  report: EvaluateReport,
  { table }: Pick<EvaluateViewOptions, 'table'>,
): Generator<string> {
  yield* TABLES[table === 'all' ? 'metrics' : table](report);
}

const TABLES: Readonly<Record<Exclude<EvaluateTable, 'all'>, (report: EvaluateReport) => Generator<string>>> =
  {
    *metrics({ metrics, baseline, training, model }) {
      yield csvRow(['metric', 'model', 'baseline', 'train', 'test']);
      if (metrics === null || baseline === null) return;
      const columns = [metrics, baseline, training.train, training.test];
      const values = columns.map((figures) => (figures === null ? null : metricValues(figures)));
      const { metrics: names } = familyWords({ model });
      for (const [k, name] of names.entries())
        yield csvRow([name, ...values.map((figures) => figures?.[k] ?? null)]);
    },
    *confusion({ confusion }) {
      yield csvRow(['figure', 'value']);
      for (const [name, value] of Object.entries(confusion ?? {})) yield csvRow([name, value]);
    },
    *calibration({ calibration }) {
      yield csvRow(['from', 'to', 'rows', 'weight', 'meanPredicted', 'observedRate']);
      for (const { from, to, rows, weight, meanPredicted, observedRate } of calibration?.bins ?? []) {
        yield csvRow([from, to, rows, weight, meanPredicted, observedRate]);
      }
    },
    *roc({ roc }) {
      yield csvRow(['threshold', 'tpr', 'fpr']);
      if (roc === null) return;
      const { thresholds, truePositiveRate, falsePositiveRate } = roc;
      for (let k = 0; k < thresholds.length; k++)
        yield csvRow([thresholds[k], truePositiveRate[k], falsePositiveRate[k]]);
    },
    *findings({ findings }) {
      yield csvRow(['severity', 'code', 'column', 'value', 'bound', 'detail', 'message']);
      for (const { severity, code, column, value, bound, detail, message } of findings) {
        yield csvRow([severity, code, column, value, bound, detail, message]);
      }
    },
    *columns({ columns }) {
      const keys = [
        ...(['name', 'role', 'needed', 'type', 'found', 'missingShareTraining', 'missingShare'] as const),
        ...(['psi', 'psiChance', 'rangeExcess', 'rangeDistance', 'unseen'] as const),
      ];
      yield csvRow(keys);
      for (const check of columns) yield csvRow(keys.map((key) => check[key]));
    },
  };
