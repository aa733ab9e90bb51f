import type { Model } from '../model/model.js';
import type { ColumnTerm } from '../model/score/terms.js';
import { jsonText } from '../visible.js';
import { missingWords, provenance, type ScoredModel, scoredModel, THRESHOLD } from './scored-model.js';

/** A string literal that neither ends early nor closes an HTML script, and in which nothing is invisible. */
export function jsString(text: string): string {
  return jsonText(text).replaceAll('<', '\\u003c');
}

/** An ES module without dependencies that exports `predict(row)`. */
export function jsModule(model: Model): string {
  const scored = scoredModel(model);
  const heading = [
    ...provenance(model),
    '',
    'predict(row) takes a plain object with the columns as its own keys: numbers as numbers, categories as strings.',
    "Missing is null, undefined or NaN, and '' where a category is expected.",
    missingWords(scored),
    'An unseen category adds nothing. A column that is absent, or of another type, is a TypeError.',
  ];
  return `${heading.map((line) => `// ${line}`.trimEnd()).join('\n')}

const INTERCEPT = ${scored.intercept};

const TERMS = [
${scored.terms.map((term) => `  ${termLiteral(term)},\n`).join('')}];
${program(scored)}`;
}

function termLiteral(term: ColumnTerm): string {
  const column = jsString(term.column);
  if (term.kind === 'numeric') {
    return `{ column: ${column}, coefficient: ${term.coefficient}, origin: ${term.origin}, fill: ${term.fill} }`;
  }
  const levels = [...term.coefficients].map(([level, value]) => `[${jsString(level)}, ${value}]`);
  return `{ column: ${column}, levels: new Map([${levels.join(', ')}]), fill: ${term.fill} }`;
}

function program({ terms, offset, classes, refusesMissing }: ScoredModel): string {
  const text = terms.some(({ kind }) => kind === 'text');
  const add = text
    ? 'eta += term.levels === undefined ? numberTerm(row, term) : categoryTerm(row, term);'
    : 'eta += numberTerm(row, term);';
  return `
/** ${classes === null ? 'The mean of the target' : 'The probability of the positive class, and the class'}; null for a row without a prediction. */
export function predict(row) {
  let eta = INTERCEPT;
  for (const term of TERMS) ${add}
${offset === null ? '' : `  eta += number(row, ${jsString(offset)}) ?? ${absent(refusesMissing, jsString(offset))};\n`}${answer(classes)}}

function numberTerm(row, { column, coefficient, origin, fill }) {
  return coefficient * ((number(row, column) ?? fill ?? ${absent(refusesMissing, 'column')}) - origin);
}
${text ? categoryFunctions(refusesMissing) : ''}
function number(row, column) {
  const value = cell(row, column);
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === 'number') return value;
  throw new TypeError(\`column \${JSON.stringify(column)}: expected a number, got a \${typeof value}\`);
}

function cell(row, column) {
  if (Object.prototype.hasOwnProperty.call(row, column)) return row[column];
  throw new TypeError(\`the row has no column \${JSON.stringify(column)}\`);
}
${refusesMissing ? missingFunction : ''}`;
}

const absent = (refuses: boolean, column: string): string => (refuses ? `missing(${column})` : 'NaN');

const missingFunction = `
function missing(column) {
  throw new TypeError(\`column \${JSON.stringify(column)}: the cell is missing\`);
}
`;

function answer(classes: ScoredModel['classes']): string {
  if (classes === null) return '  return { prediction: Number.isNaN(eta) ? null : eta };\n';
  const [negative, positive] = classes.map(jsString);
  return `  if (Number.isNaN(eta)) return { probability: null, class: null };
  const e = Math.exp(-Math.abs(eta));
  const probability = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
  return { probability, class: probability >= ${THRESHOLD} ? ${positive} : ${negative} };
`;
}

const categoryFunctions = (refusesMissing: boolean): string => `
function categoryTerm(row, { column, levels, fill }) {
  const level = category(row, column);
  return level === null ? (fill ?? ${absent(refusesMissing, 'column')}) : (levels.get(level) ?? 0);
}

function category(row, column) {
  const value = cell(row, column);
  if (value === null || value === undefined || value === '' || Number.isNaN(value)) return null;
  if (typeof value === 'string') return value;
  throw new TypeError(\`column \${JSON.stringify(column)}: expected a string, got a \${typeof value}\`);
}
`;
