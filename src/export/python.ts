import type { Model } from '../model/model.js';
import type { ColumnTerm } from '../model/score/terms.js';
import { UNPRINTABLE } from '../visible.js';
import { missingWords, provenance, type ScoredModel, scoredModel, THRESHOLD } from './scored-model.js';

/** A string literal; invisible and control characters and half surrogates are escaped by code point. */
export function pythonString(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(UNPRINTABLE, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** A literal that is a float and the same double. */
export function pythonNumber(x: number): string {
  const text = String(x);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A Python 3 module on the standard library with `predict(row)`. */
export function pythonModule(model: Model): string {
  const scored = scoredModel(model);
  const heading = [
    'Scores rows; needs Python 3.6 or newer and nothing else.',
    // No name in the first two lines, where Python looks for "coding:".
    '',
    ...provenance(model),
    '',
    'predict(row) takes a dict of the columns: numbers as numbers, categories as strings.',
    'Missing is None or nan, and "" where a category is expected.',
    missingWords(scored),
    'An unseen category adds nothing. A column that is absent is a KeyError, one of another type a TypeError.',
  ];
  const text = scored.terms.some(({ kind }) => kind === 'text');
  return `${heading.map((line) => `# ${line}`.trimEnd()).join('\n')}

import math
import numbers

_INTERCEPT = ${pythonNumber(scored.intercept)}

# For numbers: column, coefficient, origin, fill.${text ? ' For categories: column, coefficients by level, fill.' : ''}
_TERMS = [
${scored.terms.map((term) => `    ${termLiteral(term)},\n`).join('')}]
${program(scored, text)}`;
}

function termLiteral(term: ColumnTerm): string {
  const column = pythonString(term.column);
  const fill = term.fill === null ? 'None' : pythonNumber(term.fill);
  if (term.kind === 'numeric') {
    return `(${column}, ${pythonNumber(term.coefficient)}, ${pythonNumber(term.origin)}, ${fill})`;
  }
  const levels = [...term.coefficients].map(
    ([level, value]) => `${pythonString(level)}: ${pythonNumber(value)}`,
  );
  return `(${column}, {${levels.join(', ')}}, ${fill})`;
}

function program({ offset, classes, refusesMissing }: ScoredModel, text: boolean): string {
  const absent = (column: string) => (refusesMissing ? `_missing(${column})` : 'math.nan');
  const add = text
    ? 'eta += _category_term(row, *term) if len(term) == 3 else _number_term(row, *term)'
    : 'eta += _number_term(row, *term)';
  const addOffset =
    offset === null
      ? ''
      : `    value = _number(row, ${pythonString(offset)})
    eta += ${absent(pythonString(offset))} if value is None else value
`;
  return `

def predict(row):
    """${classes === null ? 'The mean of the target' : 'The probability of the positive class, and the class'}; None for a row without a prediction."""
    eta = _INTERCEPT
    for term in _TERMS:
        ${add}
${addOffset}${answer(classes)}

def _number_term(row, column, coefficient, origin, fill):
    value = _number(row, column)
    if value is None:
        value = ${absent('column')} if fill is None else fill
    return coefficient * (value - origin)

${text ? categoryFunctions(absent('column')) : ''}
def _number(row, column):
    value = row[column]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError("column %r: expected a number, got %s" % (column, type(value).__name__))
    value = float(value)
    return None if math.isnan(value) else value
${refusesMissing ? missingFunction : ''}`;
}

const missingFunction = `

def _missing(column):
    raise ValueError("column %r: the cell is missing" % (column,))
`;

function answer(classes: ScoredModel['classes']): string {
  if (classes === null) return '    return {"prediction": None if math.isnan(eta) else eta}\n';
  const [negative, positive] = classes.map(pythonString);
  return `    if math.isnan(eta):
        return {"probability": None, "class": None}
    e = math.exp(-abs(eta))
    probability = 1.0 / (1.0 + e) if eta >= 0.0 else e / (1.0 + e)
    return {"probability": probability, "class": ${positive} if probability >= ${THRESHOLD} else ${negative}}
`;
}

const categoryFunctions = (absent: string): string => `
def _category_term(row, column, levels, fill):
    value = row[column]
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return ${absent} if fill is None else fill
    if not isinstance(value, str):
        raise TypeError("column %r: expected a str, got %s" % (column, type(value).__name__))
    return levels.get(value, 0.0)

`;
