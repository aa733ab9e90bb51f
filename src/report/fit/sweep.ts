import type { FitReport, PathPoint } from '../../fit/fit-report.js';
import { errorOf } from '../../fit/fit-report.js';
import { familyWords, isDense, scoreOf } from '../metrics.js';
import type { TextColumn, TextRow, TextTable, Tone } from '../text/block.js';
import { condense } from '../text/condense.js';
import {
  alignDecimals,
  commonFormat,
  formatFixed,
  formatScientific,
  formatSignificant,
  MISSING,
  signed,
} from '../text/format-number.js';

/** Marks in the first column, so that the row is found without colour. */
export const SELECTED_MARK = '▸';
export const BEST_MARK = '*';

/** A column of the sweep: its cell in the baseline's row, and how it is made from a solution. */
interface SweepColumn extends TextColumn {
  readonly baseline: string;
  readonly cell: (point: PathPoint, index: number) => string;
  /** Whether decimal points are aligned. */
  readonly decimals?: boolean;
}

/** Index of the smallest test error; null without test rows. The larger lambda wins a tie. */
export function bestTestIndex(report: FitReport): number | null {
  let best: number | null = null;
  report.path.forEach(({ test }, index) => {
    const smallest = best === null ? null : report.path[best].test;
    if (test !== null && (smallest === null || errorOf(test) < errorOf(smallest))) best = index;
  });
  return best;
}

/** The indices of the path that are printed: `rows` of them, with the selected, last, first and best one. */
export function shownIndices(report: FitReport, rows: number | 'all'): number[] {
  const last = report.path.length - 1;
  const best = bestTestIndex(report);
  return condense(last + 1, rows, [report.selected.index, last, 0, ...(best === null ? [] : [best])]);
}

/** How errors are written, the same in every column and sentence. */
export function errorFormat(report: FitReport): (value: number | null) => string {
  const all = [report.baseline, ...report.path].flatMap(({ train, test }) =>
    test === null ? [errorOf(train)] : [errorOf(train), errorOf(test)],
  );
  return commonFormat(all);
}

function markColumn(report: FitReport): SweepColumn {
  const best = bestTestIndex(report);
  const cell = (_: PathPoint, index: number) =>
    (index === report.selected.index ? SELECTED_MARK : '') + (index === best ? BEST_MARK : '');
  return { head: '', align: 'left', baseline: '', cell };
}

/** Two decimals for up to a hundred features, four for ten thousand, so that one more feature shows. */
const sparsityDecimals = (features: number): number =>
  Math.min(6, Math.max(2, Math.ceil(Math.log10(features))));

function sizeColumns(report: FitReport): SweepColumn[] {
  const decimals = sparsityDecimals(report.features.length || 1);
  return [
    {
      head: 'lambda',
      align: 'right',
      decimals: true,
      baseline: familyWords(report).baseline,
      cell: ({ lambda }) => formatSignificant(lambda),
    },
    { head: 'nonzero', align: 'right', dropOrder: 6, baseline: '0', cell: ({ nonzero }) => String(nonzero) },
    {
      head: 'sparsity',
      align: 'right',
      dropOrder: isDense(report) ? 1 : 5,
      baseline: formatFixed(1, decimals),
      cell: ({ sparsity }) => formatFixed(sparsity, decimals),
    },
  ];
}

/** Below what two decimals can show. */
const HALF_A_CENT = 0.005;

/** The degrees of freedom, where they say more than the count of non-zero coefficients. */
function dfColumns(report: FitReport): SweepColumn[] {
  if (report.path.every(({ df, nonzero }) => df === nonzero)) return [];
  return [
    {
      head: 'df',
      align: 'right',
      dropOrder: 2,
      baseline: formatFixed(0, 2),
      cell: ({ df, dfError }) => `${dfError < HALF_A_CENT ? '' : '~'}${formatFixed(df, 2)}`,
    },
  ];
}

function errorColumns(report: FitReport): SweepColumn[] {
  const { error, score } = familyWords(report);
  const format = errorFormat(report);
  const { test } = report.baseline;
  const scored = test === null ? 'train' : 'test';
  const column = (
    head: string,
    cell: (point: Pick<PathPoint, 'train' | 'test'>) => string,
    dropOrder?: number,
  ) => {
    const made: SweepColumn = { head, align: 'right', decimals: true, baseline: cell(report.baseline), cell };
    return dropOrder === undefined ? made : { ...made, dropOrder };
  };
  const gap = (point: Pick<PathPoint, 'train' | 'test'>) =>
    point.test === null ? MISSING : signed(format(errorOf(point.test) - errorOf(point.train)));
  const tested = [
    column(`test ${error}`, (point) => (point.test === null ? MISSING : format(errorOf(point.test)))),
    column('gap', gap, 3),
  ];
  return [
    column(`train ${error}`, (point) => format(errorOf(point.train))),
    ...(test === null ? [] : tested),
    column(`${scored} ${score}`, (point) => formatFixed(scoreOf(point[scored] ?? point.train), 4), 4),
  ];
}

function validationColumns(report: FitReport): SweepColumn[] {
  if (report.path.every(({ cv }) => cv === null)) return [];
  const format = commonFormat(report.path.flatMap(({ cv }) => (cv === null ? [] : [cv.mean])));
  const cell = ({ cv }: PathPoint) =>
    cv === null ? MISSING : `${format(cv.mean)} ± ${formatSignificant(cv.standardError, 2)}`;
  return [{ head: `cv ${familyWords(report).error}`, align: 'right', baseline: '', cell }];
}

const certificateColumn: SweepColumn = {
  head: 'kkt',
  align: 'left',
  baseline: '',
  cell: ({ certified, kkt }) => (certified ? '✓' : `✗ ${formatScientific(kkt, 1)}`),
};

function tone(report: FitReport, index: number): Tone {
  if (!report.path[index].certified) return 'bad';
  return index === report.selected.index ? 'strong' : 'plain';
}

/**
 * The sweep of lambda as text: the baseline, then the solutions at `shown`. Errors are the family's own (mse, logLoss);
 * the gap is test minus train.
 */
export function sweepRows(report: FitReport, shown: readonly number[]): TextTable {
  const columns = [
    markColumn(report),
    ...sizeColumns(report),
    ...dfColumns(report),
    ...errorColumns(report),
    ...validationColumns(report),
    certificateColumn,
  ];
  const texts = columns.map(({ baseline, cell, decimals, head }) => {
    const cells = shown.map((index) => cell(report.path[index], index));
    if (head === 'lambda') return [baseline, ...alignDecimals(cells)];
    return decimals ? alignDecimals([baseline, ...cells]) : [baseline, ...cells];
  });
  const row = (k: number): TextRow => ({
    cells: texts.map((column) => column[k]),
    tone: k === 0 ? 'quiet' : tone(report, shown[k - 1]),
  });
  return { columns, rows: Array.from({ length: shown.length + 1 }, (_, k) => row(k)) };
}
