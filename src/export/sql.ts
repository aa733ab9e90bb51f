import { DataError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { ColumnTerm } from '../model/score/terms.js';
import type { ExportRequest } from './export-request.js';
import { plainText } from './plain-text.js';
import {
  columnsRead,
  missingWords,
  provenance,
  type ScoredModel,
  scoredModel,
  THRESHOLD,
} from './scored-model.js';
import { DIALECTS, type SqlDialect } from './sql-dialects.js';

/** Databases bound how deep an expression may be (SQLite and DuckDB: 1000), and each addition is one level. */
const TERMS_AT_ONCE = 500;

/** From here on 1 / (1 + exp(-eta)) is 1; further down exp is refused by some databases, and the probability below 1e-304. */
const CERTAIN = { above: 40, below: -700 };

/**
 * A query that gives every row of a table its prediction, or only the expression for it. The order of the rows is the database's.
 * @throws DataError for names and levels that the dialect cannot hold
 */
export function sqlQuery(model: Model, request: Extract<ExportRequest, { to: 'sql' }>): string {
  const scored = scoredModel(model);
  const dialect = DIALECTS[request.dialect];
  refuseTwins(scored, dialect);
  const prediction = predictionOf(scored, dialect);
  const comment = heading(model, scored, dialect)
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n');
  if (request.expression) return `${comment}\n${prediction}\n`;
  const table = request.table.split('.').map(dialect.identifier).join('.');
  return `${comment}\nSELECT\n  *,\n${outputs(scored, dialect, prediction)}\nFROM ${table};\n`;
}

function heading(model: Model, scored: ScoredModel, { name }: SqlDialect): string[] {
  const sums = scored.terms.length > TERMS_AT_ONCE ? [`Terms are added up in runs of ${TERMS_AT_ONCE}.`] : [];
  const certain = `A probability below 1e-304 is given as 0.`;
  return [
    ...provenance(model),
    '',
    `SQL for ${name}. Missing is NULL or NaN, and '' in categories.`,
    scored.refusesMissing
      ? 'A row with a missing cell has no prediction (NULL); in training it was an error.'
      : missingWords(scored),
    'An unseen category adds nothing.',
    ...(name === 'sqlite'
      ? ['Numbers must be stored as numbers: a text in their place leaves the row without a prediction.']
      : []),
    ...(scored.classes === null ? [] : [certain]),
    ...sums,
  ];
}

/** A database that treats two names as equal would read the wrong column. */
function refuseTwins(scored: ScoredModel, { name, sameName }: SqlDialect): void {
  const seen = new Map<string, string>();
  for (const column of columnsRead(scored)) {
    const key = sameName(column);
    const other = seen.get(key);
    if (other !== undefined) {
      throw new DataError(
        `${plainText(other)} and ${plainText(column)} are one name to ${name}, which ignores case; rename one, or export to another dialect`,
      );
    }
    seen.set(key, column);
  }
}

function outputs(scored: ScoredModel, dialect: SqlDialect, prediction: string): string {
  const { classes } = scored;
  if (classes === null) return `  ${prediction} AS ${dialect.identifier('prediction')}`;
  const threshold = dialect.number(THRESHOLD);
  const [negative, positive] = classes.map(dialect.text);
  const p = freeName('p', scored);
  const choice = `CASE WHEN ${p} >= ${threshold} THEN ${positive} WHEN ${p} < ${threshold} THEN ${negative} END`;
  const chosen = dialect.given(p, prediction, choice);
  return `  ${prediction} AS ${dialect.identifier('probability')},\n  ${chosen} AS ${dialect.identifier('class')}`;
}

function predictionOf(scored: ScoredModel, dialect: SqlDialect): string {
  const eta = linearPredictor(scored, dialect);
  if (scored.classes === null) return eta;
  const { number } = dialect;
  const [one, zero] = [number(1), number(0)];
  const name = freeName('eta', scored);
  const sure = `WHEN ${name} > ${number(CERTAIN.above)} THEN ${one} WHEN ${name} < ${number(CERTAIN.below)} THEN ${zero}`;
  return dialect.given(name, eta, `CASE ${sure} ELSE ${one} / (${one} + exp(-${name})) END`);
}

/** A name that no column has: a database may prefer the alias to the column. */
function freeName(wanted: string, scored: ScoredModel): string {
  const taken = new Set(columnsRead(scored).map((column) => column.toLowerCase()));
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}

/** The sum in parentheses, one term a line. */
function linearPredictor({ intercept, terms, offset }: ScoredModel, dialect: SqlDialect): string {
  const added = [
    ...terms.map((term) => termText(term, dialect)),
    ...(offset === null ? [] : [dialect.value(dialect.identifier(offset), null)]),
  ];
  const first = [dialect.number(intercept), ...added.slice(0, TERMS_AT_ONCE)].join('\n    + ');
  const runs = [first];
  for (let from = TERMS_AT_ONCE; from < added.length; from += TERMS_AT_ONCE) {
    runs.push(`(${added.slice(from, from + TERMS_AT_ONCE).join('\n    + ')})`);
  }
  return `(${runs.join('\n    + ')})`;
}

function termText(term: ColumnTerm, dialect: SqlDialect): string {
  const column = dialect.identifier(term.column);
  const { number } = dialect;
  const fill = term.fill === null ? null : number(term.fill);
  if (term.kind === 'text') return categoryText(term, dialect.category(column), fill, dialect);
  const value = dialect.value(column, fill);
  const shifted = term.origin === 0 ? value : `(${value} - ${number(term.origin)})`;
  return `${number(term.coefficient)} * ${shifted}`;
}

/** Levels with coefficient 0 add as much as unseen ones: nothing. */
function categoryText(
  { coefficients }: Extract<ColumnTerm, { kind: 'text' }>,
  value: string,
  fill: string | null,
  { text, number }: SqlDialect,
): string {
  const cases = [...coefficients]
    .filter(([, coefficient]) => coefficient !== 0)
    .map(([level, coefficient]) => ` WHEN ${value} = ${text(level)} THEN ${number(coefficient)}`);
  return `CASE WHEN ${value} IS NULL THEN ${fill ?? 'NULL'}${cases.join('')} ELSE ${number(0)} END`;
}
