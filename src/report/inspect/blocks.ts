import type { Model } from '../../model/model.js';
import { counted } from '../../words.js';
import { problemWords } from '../fit/objective.js';
import { familyWords, metricValues } from '../metrics.js';
import type { InspectViewOptions } from '../options.js';
import {
  hiddenLines,
  paragraph,
  type TextBlock,
  type TextRow,
  type TextTable,
  type WriteName,
} from '../text/block.js';
import {
  alignDecimals,
  formatFigure,
  formatScientific,
  formatSignificant,
  signed,
} from '../text/format-number.js';
import { equation } from './equation.js';
import { schemaTable } from './schema.js';

/** A model for readers; `write` escapes names for the medium. */
export function blocks(model: Model, { table, rows }: InspectViewOptions, write: WriteName): TextBlock[] {
  return [
    ...originLines(model, write),
    { kind: 'heading', text: 'Equation' },
    ...equation(model, rows, write).map((text) => paragraph(text)),
    ...(table === 'schema' ? [] : coefficientBlocks(model, rows)),
    ...(table === 'coefficients' ? [] : schemaBlocks(model, rows)),
    { kind: 'heading', text: 'Error' },
    { kind: 'table', table: metricsTable(model) },
    ...optimism(model),
  ];
}

/** What it is, its training rows, and its certificate. */
function originLines(model: Model, write: WriteName): TextBlock[] {
  const { training, split, objective, certificate, options, weights, offset } = model;
  const roles = [
    ...(weights === null ? [] : [`weights "${write(weights)}"`]),
    ...(offset === null ? [] : [`offset "${write(offset)}"`]),
    `missing cells: ${options.missing}`,
  ];
  const seed = split.seed === null ? '' : `, seed ${split.seed}`;
  const kkt = `largest KKT violation ${formatScientific(certificate.kkt, 2)} (tolerance ${formatFigure(certificate.tolerance)})`;
  return [
    paragraph(
      `${problemWords(model.model)}, lambda ${formatFigure(model.lambda)} (chosen by ${model.selected.rule})`,
    ),
    paragraph(
      `trained on ${counted(split.train, 'row')} of ${write(training.source)} (${counted(training.rows, 'row')}, ` +
        `${training.rowsDropped} dropped), ${split.test} to test: ${split.method}${seed}; ${roles.join(', ')}`,
    ),
    paragraph(
      `objective ${formatFigure(objective.value, 6)} = loss ${formatFigure(objective.loss, 6)} + lambda × ${formatFigure(objective.penalty, 6)}; ` +
        `${certificate.certified ? 'certified' : 'not certified'}: ${kkt}`,
      certificate.certified ? 'plain' : 'bad',
    ),
    paragraph(`training data ${training.digest}`, 'quiet'),
  ];
}

/** Features with a coefficient other than 0, largest standardized first; ties in the order of the file. */
export function bySize(model: Model): Model['features'][number][] {
  return model.features
    .filter(({ coefficient }) => coefficient !== 0)
    .sort((a, b) => Math.abs(b.standardized) - Math.abs(a.standardized));
}

function coefficientBlocks(model: Model, rows: number | 'all'): TextBlock[] {
  const order = bySize(model);
  const shown = rows === 'all' ? order : order.slice(0, rows);
  const rest = order.length - shown.length;
  const zero = model.features.length - order.length;
  const notes = [
    ...(rest > 0 ? [`… and ${rest} more with smaller coefficients; --rows all shows all`] : []),
    ...(zero > 0 ? [`${zero} of ${counted(model.features.length, 'feature')} with coefficient 0`] : []),
    'coefficient: per unit of the column; standardized: per standard deviation',
  ];
  return [
    { kind: 'heading', text: 'Coefficients, largest first' },
    ...(shown.length === 0 ? [] : [{ kind: 'table', table: coefficientTable(shown) } as const]),
    ...notes.map((note) => paragraph(note, 'quiet')),
  ];
}

function coefficientTable(features: readonly Model['features'][number][]): TextTable {
  const special = features.some(({ penaltyFactor }) => penaltyFactor !== 1);
  const bounded = features.some(({ lower, upper }) => lower !== null || upper !== null);
  const figures = [
    alignDecimals(features.map(({ coefficient }) => formatSignificant(coefficient))),
    alignDecimals(features.map(({ standardized }) => signed(formatSignificant(standardized)))),
    ...(special ? [features.map(({ penaltyFactor }) => formatFigure(penaltyFactor))] : []),
    ...(bounded ? [features.map(boundsOf)] : []),
  ];
  const heads = [
    'coefficient',
    'standardized',
    ...(special ? ['penalty factor'] : []),
    ...(bounded ? ['bounds'] : []),
  ];
  return {
    columns: [
      { head: 'feature', align: 'left', untrusted: true },
      ...heads.map((head, k) => ({ head, align: 'right' as const, ...(k < 2 ? {} : { dropOrder: k }) })),
    ],
    rows: features.map(({ name }, k) => ({
      cells: [name, ...figures.map((column) => column[k])],
      tone: 'plain',
    })),
  };
}

function boundsOf({ lower, upper }: Model['features'][number]): string {
  const [from, to] = [lower, upper].map((bound) => (bound === null ? '' : formatFigure(bound)));
  return from === '' && to === '' ? '' : `${from}..${to}`;
}

function schemaBlocks(model: Model, rows: number | 'all'): TextBlock[] {
  const shown = rows === 'all' ? model.columns : model.columns.slice(0, rows);
  const rest = model.columns.length - shown.length;
  return [
    { kind: 'heading', text: 'Input columns' },
    { kind: 'table', table: schemaTable(model, shown) },
    ...hiddenLines(rest, `${rest === 1 ? 'column' : 'columns'} more`),
  ];
}

function metricsTable(model: Model): TextTable {
  const { train, test, baseline } = model.metrics;
  const { metrics, baseline: nullModel } = familyWords(model);
  const parts = [
    ['train', train],
    [`train, ${nullModel}`, baseline.train],
    ...(test === null ? [] : ([['test', test]] as const)),
    ...(baseline.test === null ? [] : ([[`test, ${nullModel}`, baseline.test]] as const)),
  ] as const;
  const rows = parts.map(
    ([head, values]): TextRow => ({
      cells: [head, ...metricValues(values).map((value) => formatSignificant(value, 5))],
      tone: 'plain',
    }),
  );
  return {
    columns: [{ head: '', align: 'left' }, ...metrics.map((head) => ({ head, align: 'right' as const }))],
    rows,
  };
}

function optimism({ selected, metrics }: Model): TextBlock[] {
  const cv =
    metrics.cv === null
      ? []
      : [
          paragraph(
            `cross-validated: ${formatFigure(metrics.cv.mean, 5)}, standard error ${formatFigure(metrics.cv.standardError)}`,
          ),
        ];
  if (selected.rule !== 'test') return cv;
  return [...cv, paragraph('The test rows chose the lambda, so the error there is optimistic.', 'quiet')];
}
