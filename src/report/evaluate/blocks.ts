import type {
  Calibration,
  ColumnCheck,
  Confusion,
  EvaluateReport,
  Finding,
} from '../../evaluation/evaluate-report.js';
import { FINDING_CODES } from '../../evaluation/evaluate-report.js';
import { REMEDIES } from '../../evaluation/find-changes.js';
import { familyWords, metricValues } from '../metrics.js';
import type { EvaluateViewOptions } from '../options.js';
import {
  hiddenLines,
  paragraph,
  type TextBlock,
  type TextRow,
  type TextTable,
  type Tone,
  type WriteName,
} from '../text/block.js';
import {
  alignDecimals,
  commonFormat,
  formatFigure,
  formatFixed,
  formatSignificant,
  MISSING,
} from '../text/format-number.js';

/** An evaluation for readers: what was measured, then how the columns differ; `write` escapes names for the medium. */
export function blocks(
  report: EvaluateReport,
  { table, rows }: Pick<EvaluateViewOptions, 'table' | 'rows'>,
  write: WriteName,
): TextBlock[] {
  const wanted = (name: EvaluateViewOptions['table']) => table === 'all' || table === name;
  return [
    ...headline(report, write),
    ...(wanted('metrics') ? metricBlocks(report) : []),
    ...(wanted('confusion') && report.confusion !== null
      ? confusionBlocks(report.confusion, report, write)
      : []),
    ...(wanted('calibration') && report.calibration !== null ? calibrationBlocks(report.calibration) : []),
    ...(wanted('findings') ? findingBlocks(report, rows) : []),
    ...(table === 'columns' ? columnBlocks(report, rows) : []),
  ];
}

function headline({ model, data, target, weights }: EvaluateReport, write: WriteName): TextBlock[] {
  const of = target.positive === null ? '' : ` (the probability of ${write(target.positive)})`;
  const left = data.rowsUnlabelled + data.rowsUnscored;
  const used = left === 0 ? 'all used' : `${data.rowsUsed} used`;
  const counted =
    data.rowsUsed === 0 ? '' : `, ${used}${weights === null ? '' : `, weighted by "${write(weights)}"`}`;
  return [
    paragraph(
      `${write(model.source)}: ${model.family} ${model.penalty}, lambda ${formatFigure(model.lambda)}, predicts "${write(target.name)}"${of}`,
    ),
    paragraph(`${write(data.source)}: ${data.rows} rows${counted}`),
  ];
}

function metricBlocks({ metrics, baseline, training, model, data }: EvaluateReport): TextBlock[] {
  if (metrics === null || baseline === null) return [];
  const words = familyWords({ model });
  const columns = [
    { head: 'model', values: metricValues(metrics) },
    { head: words.baseline, values: metricValues(baseline) },
    { head: 'in training', values: metricValues(training.train), dropOrder: 2 },
    ...(training.test === null
      ? []
      : [{ head: 'in test', values: metricValues(training.test), dropOrder: 1 }]),
  ];
  const formats = words.metrics.map((_, k) => {
    const all = columns.flatMap(({ values }) => (values[k] === null ? [] : [values[k]]));
    return commonFormat(all);
  });
  const cells = columns.map(({ values }) => alignDecimals(values.map((value, k) => formats[k](value))));
  const rows = words.metrics.map(
    (name, k): TextRow => ({ cells: [name, ...cells.map((column) => column[k])], tone: 'plain' }),
  );
  const heads = columns.map(({ head, dropOrder }) => ({
    head,
    align: 'right' as const,
    ...(dropOrder === undefined ? {} : { dropOrder }),
  }));
  const optimistic = data.isTrainingFile
    ? [paragraph('The model was trained on some of these very rows: the metrics are optimistic.', 'bad')]
    : [];
  return [
    { kind: 'heading', text: 'Metrics' },
    { kind: 'table', table: { columns: [{ head: 'metric', align: 'left' }, ...heads], rows } },
    ...optimistic,
  ];
}

function confusionBlocks(confusion: Confusion, { target }: EvaluateReport, write: WriteName): TextBlock[] {
  const [negative, positive] = target.classes ?? ['', ''];
  const { truePositive, falsePositive, trueNegative, falseNegative } = confusion;
  const counts = [trueNegative, falsePositive, falseNegative, truePositive].map((count) =>
    formatFigure(count, 7),
  );
  const rates = (
    ['accuracy', 'sensitivity', 'specificity', 'precision', 'f1', 'balancedAccuracy', 'mcc'] as const
  ).map((name) => `${name} ${formatFixed(confusion[name], 4)}`);
  return [
    { kind: 'heading', text: `Confusion at threshold ${formatFigure(confusion.threshold)}` },
    {
      kind: 'table',
      table: {
        columns: [
          { head: 'class', align: 'left', untrusted: true },
          { head: 'called negative', align: 'right' },
          { head: 'called positive', align: 'right' },
        ],
        rows: [
          { cells: [negative, counts[0], counts[1]], tone: 'plain' },
          { cells: [positive, counts[2], counts[3]], tone: 'plain' },
        ],
      },
    },
    paragraph(`positive is ${write(positive)}; ${rates.join(', ')}`, 'quiet'),
  ];
}

function calibrationBlocks({ bins, expectedCalibrationError, intercept, slope }: Calibration): TextBlock[] {
  const rows = bins.map(({ from, to, rows, meanPredicted, observedRate }): TextRow => {
    const figures = [from, to, meanPredicted, observedRate].map((figure) => formatFixed(figure, 4));
    return { cells: [...figures, String(rows)], tone: 'plain' };
  });
  const heads = ['from', 'to', 'mean predicted', 'observed rate', 'rows'];
  return [
    { kind: 'heading', text: 'Calibration' },
    { kind: 'table', table: { columns: heads.map((head) => ({ head, align: 'right' })), rows } },
    paragraph(
      `expected calibration error ${formatFixed(expectedCalibrationError, 4)}; intercept ${formatFixed(intercept, 4)} (0 is perfect), ` +
        `slope ${formatFixed(slope, 4)} (1 is perfect)`,
      'quiet',
    ),
  ];
}

const TONES: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'strong', info: 'quiet' };

function findingBlocks({ findings }: EvaluateReport, rows: number | 'all'): TextBlock[] {
  if (findings.length === 0) {
    return [{ kind: 'space' }, paragraph('The columns are as in training: no finding.', 'good')];
  }
  const shown = rows === 'all' ? findings : findings.slice(0, rows);
  const counts = (['error', 'warning', 'info'] as const)
    .map((severity) => `${findings.filter((finding) => finding.severity === severity).length} ${severity}`)
    .join(', ');
  const rest = findings.length - shown.length;
  const more = hiddenLines(rest);
  return [
    { kind: 'heading', text: `Columns against training: ${counts}` },
    { kind: 'table', table: findingTable(shown) },
    ...more,
    ...remedies(shown),
  ];
}

function findingTable(findings: readonly Finding[]): TextTable {
  return {
    columns: [
      { head: 'severity', align: 'left' },
      { head: 'code', align: 'left' },
      { head: 'column', align: 'left', untrusted: true },
      { head: 'figure', align: 'right' },
      { head: 'bound', align: 'right', dropOrder: 2 },
      { head: 'detail', align: 'left', untrusted: true, dropOrder: 1 },
    ],
    rows: findings.map(({ severity, code, column, value, bound, detail }) => ({
      cells: [
        severity,
        code,
        column,
        ...[value, bound].map((figure) => formatSignificant(figure, 3)),
        detail,
      ],
      tone: TONES[severity],
    })),
  };
}

/** One line for each kind of finding that is more than a note. */
function remedies(findings: readonly Finding[]): TextBlock[] {
  const codes = new Set(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code));
  return FINDING_CODES.filter((code) => codes.has(code)).map((code) =>
    paragraph(`${code}: ${REMEDIES[code]}`, 'quiet'),
  );
}

function columnBlocks({ columns }: EvaluateReport, rows: number | 'all'): TextBlock[] {
  const shown = rows === 'all' ? columns : columns.slice(0, rows);
  const rest = columns.length - shown.length;
  const share = (value: number | null) => formatFixed(value, 4);
  const cells = ({
    name,
    role,
    found,
    missingShare,
    missingShareTraining,
    psi,
    rangeExcess,
    unseen,
  }: ColumnCheck) => [
    name,
    role,
    found ?? MISSING,
    ...[missingShareTraining, missingShare, psi, rangeExcess, unseen].map(share),
  ];
  const heads = ['missing then', 'missing now', 'psi', 'out of range', 'unseen'];
  return [
    { kind: 'heading', text: 'Columns' },
    {
      kind: 'table',
      table: {
        columns: [
          { head: 'column', align: 'left', untrusted: true },
          { head: 'role', align: 'left', dropOrder: 2 },
          { head: 'found', align: 'left', dropOrder: 3 },
          ...heads.map((head, k) => ({
            head,
            align: 'right' as const,
            ...(k === 0 ? { dropOrder: 1 } : {}),
          })),
        ],
        rows: shown.map((check) => ({ cells: cells(check), tone: 'plain' })),
      },
    },
    ...hiddenLines(rest),
  ];
}
