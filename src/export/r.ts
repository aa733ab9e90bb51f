import { DataError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { ColumnTerm } from '../model/score/terms.js';
import { binaryParts } from './hex-number.js';
import { isTorn, plainText } from './plain-text.js';
import { missingWords, provenance, type ScoredModel, scoredModel, THRESHOLD } from './scored-model.js';

/**
 * A string literal in ASCII, so that it is the same in any locale.
 * @throws DataError for NUL and for half a surrogate pair, which R cannot hold
 */
export function rString(text: string): string {
  if (text.includes('\0') || isTorn(text)) {
    const what = text.includes('\0') ? 'the character NUL' : 'half of a surrogate pair';
    throw new DataError(
      `${plainText(text)} holds ${what}, which a string of R cannot; rename it, or export to js or python`,
    );
  }
  const escaped = text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/gu, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** Below this, R reads 0 for a hexadecimal number. */
const TINY = 2 ** -1000;

/** A literal of the same double. R reads decimals to the last digit but one, whole numbers and hexadecimals exactly. */
export function rNumber(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) <= Number.MAX_SAFE_INTEGER) return String(x);
  if (Math.abs(x) < TINY) return `(${rNumber(x * 2 ** 600)} * 0x1p-600)`;
  const { negative, mantissa, exponent } = binaryParts(x);
  return `${negative ? '-' : ''}0x${mantissa.toString(16)}p${exponent}`;
}

/** A script for base R that defines `predict_rows(data)`. */
export function rScript(model: Model): string {
  const scored = scoredModel(model);
  const heading = [
    ...provenance(model),
    '',
    'predict_rows(data) takes a data.frame of the columns: numbers as numbers, categories as character or factor.',
    'Read a file with check.names = FALSE, or names such as "a b" are not found. Missing is NA, and "" in categories.',
    missingWords(scored),
    'An unseen category adds nothing. A column that is absent, or of another type, is an error.',
    'Numbers are written in hexadecimal, for R does not read every decimal to its last digit.',
  ];
  return `${heading.map((line) => `# ${line}`.trimEnd()).join('\n')}

predict_rows <- local({
${FUNCTIONS}
${scored.terms.some(({ kind }) => kind === 'text') ? `${CATEGORY}\n` : ''}  function(data) {
    if (!is.data.frame(data)) stop("data must be a data.frame", call. = FALSE)
${additions(scored)}${answer(scored.classes)}  }
})
`;
}

function additions(scored: ScoredModel): string {
  const { intercept, terms, offset, refusesMissing } = scored;
  const lines = [
    `eta <- rep(${rNumber(intercept)}, nrow(data)) # ${intercept}`,
    ...terms.map((term) => termLine(term, refusesMissing)),
    ...(offset === null
      ? []
      : [`eta <- eta + number(data, ${rString(offset)}, ${fillOf(null, refusesMissing)})`]),
  ];
  return lines.map((line) => `    ${line}\n`).join('');
}

function termLine(term: ColumnTerm, refusesMissing: boolean): string {
  const column = rString(term.column);
  const fill = fillOf(term.fill, refusesMissing);
  if (term.kind === 'numeric') {
    const { coefficient, origin } = term;
    const value = `number(data, ${column}, ${fill})`;
    return `eta <- eta + ${rNumber(coefficient)} * (${value} - ${rNumber(origin)}) # ${coefficient}`;
  }
  const levels = [...term.coefficients.keys()].map(rString).join(', ');
  const coefficients = [...term.coefficients.values()];
  const values = coefficients.map(rNumber).join(', ');
  return `eta <- eta + category(data, ${column}, c(${levels}), c(${values}), ${fill}) # ${coefficients.join(', ')}`;
}

const fillOf = (fill: number | null, refusesMissing: boolean): string =>
  fill === null ? (refusesMissing ? 'NULL' : 'NA_real_') : rNumber(fill);

function answer(classes: ScoredModel['classes']): string {
  if (classes === null) return '    eta[is.na(eta)] <- NA_real_\n    data.frame(prediction = eta)\n';
  return `    e <- exp(-abs(eta))
    probability <- ifelse(eta >= 0, 1 / (1 + e), e / (1 + e))
    classes <- c(${classes.map(rString).join(', ')})
    data.frame(
      probability = as.numeric(probability),
      class = classes[1L + (probability >= ${THRESHOLD})],
      stringsAsFactors = FALSE
    )
`;
}

const FUNCTIONS = `  quoted <- function(name) encodeString(name, quote = "\\"")

  column_of <- function(data, name) {
    if (name %in% names(data)) return(data[[name]])
    hint <- if (make.names(name) %in% names(data)) "; read the file with check.names = FALSE" else ""
    stop("the data have no column ", quoted(name), hint, call. = FALSE)
  }

  # A fill of NULL refuses missing cells.
  filled <- function(value, is_missing, name, fill) {
    if (!any(is_missing)) return(value)
    if (is.null(fill)) stop("column ", quoted(name), ": a cell is missing", call. = FALSE)
    value[is_missing] <- fill
    value
  }

  number <- function(data, name, fill) {
    value <- column_of(data, name)
    if (!is.numeric(value) && !all(is.na(value))) {
      stop("column ", quoted(name), ": expected numbers, got ", class(value)[1L], call. = FALSE)
    }
    value <- as.numeric(value)
    filled(value, is.na(value), name, fill)
  }
`;

const CATEGORY = `  category <- function(data, name, levels, coefficients, fill) {
    value <- column_of(data, name)
    if (is.factor(value) || all(is.na(value))) value <- as.character(value)
    if (!is.character(value)) {
      stop("column ", quoted(name), ": expected characters, got ", class(value)[1L], call. = FALSE)
    }
    term <- coefficients[match(enc2utf8(value), levels)]
    term[is.na(term)] <- 0
    filled(term, is.na(value) | value == "", name, fill)
  }
`;
