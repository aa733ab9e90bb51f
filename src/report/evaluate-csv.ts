import type { EvaluateReport } from '../evaluation/evaluate-report.js';
import type { EvaluateTable } from './evaluate-options.js';
import { BINOMIAL, GAUSSIAN, metricValues } from './family-words.js';
import { csvCell } from './safe-text.js';

type Cell = number | string | boolean | null;

/** Names are guarded, numbers are not: those come from here. An undefined figure is an empty cell. */
const cell = (value: Cell): string =>
  typeof value === 'string'
    ? csvCell(value)
    : value === null || value === Number.POSITIVE_INFINITY
      ? ''
      : String(value);

const row = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\n`;

/** One of the tables of an evaluation as CSV; without rows where the report does not have it. */
export function* evaluateCsv(report: EvaluateReport, table: EvaluateTable): Generator<string> {
  yield* TABLES[table === 'all' ? 'metrics' : table](report);
}

const TABLES: Readonly<Record<Exclude<EvaluateTable, 'all'>, (report: EvaluateReport) => Generator<string>>> =
  {
    *metrics({ metrics, baseline, training, model }) {
      yield row(['metric', 'model', 'baseline', 'train', 'test']);
      if (metrics === null || baseline === null) return;
      const columns = [metrics, baseline, training.train, training.test];
      const values = columns.map((figures) => (figures === null ? null : metricValues(figures)));
      const { metrics: names } = model.family === 'gaussian' ? GAUSSIAN : BINOMIAL;
      for (const [k, name] of names.entries())
        yield row([name, ...values.map((figures) => figures?.[k] ?? null)]);
    },
    *confusion({ confusion }) {
      yield row(['figure', 'value']);
      for (const [name, value] of Object.entries(confusion ?? {})) yield row([name, value]);
    },
    *calibration({ calibration }) {
      yield row(['from', 'to', 'rows', 'weight', 'meanPredicted', 'observedRate']);
      for (const { from, to, rows, weight, meanPredicted, observedRate } of calibration?.bins ?? []) {
        yield row([from, to, rows, weight, meanPredicted, observedRate]);
      }
    },
    *roc({ roc }) {
      yield row(['threshold', 'tpr', 'fpr']);
      if (roc === null) return;
      const { thresholds, truePositiveRate, falsePositiveRate } = roc;
      for (let k = 0; k < thresholds.length; k++)
        yield row([thresholds[k], truePositiveRate[k], falsePositiveRate[k]]);
    },
    *findings({ findings }) {
      yield row(['severity', 'code', 'column', 'value', 'bound', 'detail', 'message']);
      for (const { severity, code, column, value, bound, detail, message } of findings) {
        yield row([severity, code, column, value, bound, detail, message]);
      }
    },
    *columns({ columns }) {
      const keys = [
        ...(['name', 'role', 'needed', 'type', 'found', 'missingShareTraining', 'missingShare'] as const),
        ...(['psi', 'psiChance', 'rangeExcess', 'rangeDistance', 'unseen'] as const),
      ];
      yield row(keys);
      for (const check of columns) yield row(keys.map((key) => check[key]));
    },
  };
