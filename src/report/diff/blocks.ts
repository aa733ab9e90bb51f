import type { DiffReport, FeatureChange, FigureChange, Side } from '../../comparison/compare.js';
import type { DiffViewOptions } from '../options.js';
import { hiddenLines, paragraph, type TextBlock, type TextTable, type WriteName } from '../text/block.js';
import { alignDecimals, formatFigure, formatSignificant, MISSING, signed } from '../text/format-number.js';
import { CODE_WORDS } from './words.js';

const BEYOND_MARK = '!';

const STATUS_WORDS: Readonly<Record<FeatureChange['status'], string>> = {
  entered: 'entered',
  left: 'left',
  sign: 'changed sign',
  size: 'changed size',
  same: 'same',
};

/** A comparison for readers, what differs most first; `write` escapes names for the medium. */
export function blocks(
  report: DiffReport,
  { rows }: Pick<DiffViewOptions, 'rows'>,
  write: WriteName,
): TextBlock[] {
  const { settings, columns } = report;
  return [
    sideLine('base', report.base, write),
    sideLine('new ', report.new, write),
    ...settings.map(({ name, base, new: now }) =>
      paragraph(`${name}: ${base} in the base, ${now} in the new`),
    ),
    { kind: 'heading', text: 'Figures' },
    { kind: 'table', table: figureTable(report.figures) },
    ...featureBlocks(report, rows),
    ...columnBlocks(columns, write),
    { kind: 'space' },
    verdict(report),
  ];
}

function sideLine(
  label: string,
  { source, kind, lambda, nonzero, certified }: Side,
  write: WriteName,
): TextBlock {
  const what = kind === 'model' ? 'model' : 'result of a fit';
  const mark = certified ? '' : ', not certified';
  return paragraph(
    `${label}: ${write(source)} (${what}), lambda ${formatFigure(lambda)}, ${nonzero} non-zero${mark}`,
    certified ? 'plain' : 'bad',
  );
}

function figureTable(figures: readonly FigureChange[]): TextTable {
  const shown = figures.filter(({ base, new: now }) => base !== null || now !== null);
  const change = ({ change: by }: FigureChange) => (by === null ? MISSING : signed(formatSignificant(by)));
  const values = (side: 'base' | 'new') =>
    alignDecimals(shown.map((figure) => formatSignificant(figure[side], 6)));
  const [base, now, by] = [values('base'), values('new'), alignDecimals(shown.map(change))];
  return {
    columns: [
      { head: '', align: 'left' },
      { head: 'figure', align: 'left' },
      { head: 'base', align: 'right' },
      { head: 'new', align: 'right' },
      { head: 'change', align: 'right', dropOrder: 1 },
    ],
    rows: shown.map(({ name, beyond }, k) => ({
      cells: [beyond ? BEYOND_MARK : '', name, base[k], now[k], by[k]],
      tone: beyond ? 'strong' : 'quiet',
    })),
  };
}

function featureBlocks({ features }: DiffReport, rows: number | 'all'): TextBlock[] {
  const changed = features.filter(({ status }) => status !== 'same');
  const same = features.length - changed.length;
  const ordered = [...changed, ...(rows === 'all' ? features.filter(({ status }) => status === 'same') : [])];
  const shown = rows === 'all' ? ordered : ordered.slice(0, rows);
  const hidden = rows === 'all' ? 0 : changed.length - shown.length;
  const heading: TextBlock = { kind: 'heading', text: 'Features' };
  const unchanged = same === 0 ? [] : [paragraph(`${same} non-zero within the tolerance`, 'quiet')];
  if (shown.length === 0) return [heading, ...unchanged];
  return [
    heading,
    { kind: 'table', table: featureTable(shown) },
    ...hiddenLines(hidden, 'more that changed'),
    ...(rows === 'all' ? [] : unchanged),
  ];
}

function featureTable(features: readonly FeatureChange[]): TextTable {
  const values = (side: 'base' | 'new') =>
    alignDecimals(features.map((feature) => formatSignificant(feature[side])));
  const [base, now] = [values('base'), values('new')];
  return {
    columns: [
      { head: '', align: 'left' },
      { head: 'feature', align: 'left', untrusted: true },
      { head: 'status', align: 'left' },
      { head: 'base', align: 'right', dropOrder: 2 },
      { head: 'new', align: 'right', dropOrder: 1 },
    ],
    rows: features.map(({ feature, status, beyond }, k) => ({
      cells: [beyond ? BEYOND_MARK : '', feature, STATUS_WORDS[status], base[k], now[k]],
      tone: beyond ? 'strong' : 'quiet',
    })),
  };
}

function columnBlocks(columns: DiffReport['columns'], write: WriteName): TextBlock[] {
  if (columns.length === 0) return [];
  return [
    { kind: 'heading', text: 'Input' },
    ...columns.map(({ column, code, detail }) =>
      paragraph(
        `${BEYOND_MARK} "${write(column)}" ${CODE_WORDS[code]}${detail === null ? '' : `: ${write(detail)}`}`,
        'strong',
      ),
    ),
  ];
}

/** Changed columns and levels are separated from differences that a tolerance can accept. */
function verdict({ beyond, columns, tolerance: { atol, rtol } }: DiffReport): TextBlock {
  const measure = `atol ${formatFigure(atol)}, rtol ${formatFigure(rtol)}`;
  if (beyond === 0) return paragraph(`No difference beyond the tolerance (${measure}).`, 'good');
  const count = (n: number, word: string) => (n === 1 ? `1 ${word}` : `${n} ${word}s`);
  const sizes = beyond - columns.length;
  const parts = [
    ...(sizes > 0 ? [`${count(sizes, 'difference')} beyond the tolerance (${measure})`] : []),
    ...(columns.length > 0 ? [`${count(columns.length, 'change')} of the input`] : []),
  ];
  return paragraph(`${parts.join(' and ')}, marked ${BEYOND_MARK}.`, 'bad');
}
