import type { FitReport } from '../../fit/fit-report.js';
import { counted } from '../../words.js';
import { isDense } from '../metrics.js';
import { hiddenLines, paragraph, type TextBlock, type TextColumn, type TextTable } from '../text/block.js';
import { alignDecimals, formatFigure, formatSignificant, signed } from '../text/format-number.js';
import { entryOrder, type FeatureEntry, sizeOrder, standardized } from './entry-order.js';

interface FeatureColumn extends TextColumn {
  readonly cell: (entry: FeatureEntry) => string;
}

/** In place of a lambda of entry: such a feature is in the model at every lambda. */
const UNPENALISED = 'unpenalised';

const NAME: Omit<FeatureColumn, 'cell'> = { head: 'feature', align: 'left', untrusted: true };

function columnsOf(report: FitReport, dense: boolean): FeatureColumn[] {
  const { index } = report.selected;
  const entry: FeatureColumn = {
    head: 'enters at',
    align: 'right',
    cell: ({ entered, feature }) =>
      report.penaltyFactor[feature] === 0 ? UNPENALISED : formatSignificant(report.path[entered].lambda),
  };
  return [
    { ...NAME, cell: ({ feature }) => report.features[feature] },
    ...(dense ? [] : [entry]),
    {
      head: 'coefficient',
      align: 'right',
      cell: ({ feature }) => formatSignificant(report.path[index].coefficients[feature]),
    },
    {
      head: 'standardized',
      align: 'right',
      cell: ({ feature }) => signed(formatSignificant(standardized(report, index, feature))),
    },
  ];
}

/**
 * The sparsity table as text: which features enter at which lambda, and their coefficients at the selected one, per unit and per standard
 * deviation. A penalty that sets no coefficient to zero has no lambda of entry.
 */
export function featureRows(report: FitReport, shown: readonly FeatureEntry[]): TextTable {
  const columns = columnsOf(report, isDense(report));
  const texts = columns.map(({ cell, align }) => {
    const cells = shown.map(cell);
    return align === 'right' ? alignDecimals(cells) : cells;
  });
  const isOut = ({ feature }: FeatureEntry) => report.path[report.selected.index].coefficients[feature] === 0;
  const rows = shown.map((entry, k) => ({
    cells: texts.map((column) => column[k]),
    tone: isOut(entry) ? ('quiet' as const) : ('plain' as const),
  }));
  return { columns, rows };
}

function leftOut(report: FitReport, hidden: readonly FeatureEntry[]): TextBlock[] {
  if (hidden.length === 0) return [];
  const { coefficients } = report.path[report.selected.index];
  const chosen = hidden.filter(({ feature }) => coefficients[feature] !== 0).length;
  const how = isDense(report)
    ? 'with smaller coefficients'
    : `that enter later, ${chosen === 0 ? 'all zero' : `${chosen} of them non-zero`} at the selected lambda`;
  return hiddenLines(hidden.length, `more ${how}`);
}

function neverEntered(report: FitReport, entered: number): TextBlock[] {
  const absent = report.features.length - entered;
  if (absent === 0) return [];
  const verb = absent === 1 ? 'has' : 'have';
  return [paragraph(`${counted(absent, 'feature')} ${verb} a zero coefficient at every lambda`, 'quiet')];
}

/** Without lambdas of entry, nothing else would show this. */
function unpenalised({ penaltyFactor }: FitReport): TextBlock[] {
  const free = penaltyFactor.reduce((count, factor) => count + (factor === 0 ? 1 : 0), 0);
  if (free === 0) return [];
  return [paragraph(`${counted(free, 'feature')} unpenalised (--penalty-factor 0)`, 'quiet')];
}

function units(report: FitReport): TextBlock {
  const { intercept, lambda } = report.path[report.selected.index];
  const at = `at the selected lambda ${formatFigure(lambda)}`;
  const constant = report.model.intercept ? `; intercept ${formatFigure(intercept, 5)}` : '';
  return paragraph(
    `${at}${constant}; coefficient: per unit of the column; standardized: per standard deviation`,
    'quiet',
  );
}

/** The sparsity table with its heading and a note on hidden rows; at most `rows` features are listed. */
export function featureBlocks(report: FitReport, rows: number | 'all'): TextBlock[] {
  const dense = isDense(report);
  const order = dense ? sizeOrder(report) : entryOrder(report);
  const shown = rows === 'all' ? order : order.slice(0, Math.max(1, rows));
  const heading = dense ? 'Coefficients, largest first' : 'Features in the order of entry';
  const table: TextBlock[] = shown.length === 0 ? [] : [{ kind: 'table', table: featureRows(report, shown) }];
  return [
    { kind: 'heading', text: heading },
    ...table,
    ...leftOut(report, order.slice(shown.length)),
    ...neverEntered(report, order.length),
    ...(dense ? unpenalised(report) : []),
    units(report),
  ];
}
