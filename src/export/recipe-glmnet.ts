import type { Encoding } from '../csv/read-csv.js';
import { rNumber, rString } from './r.js';
import { numberLines, RECIPE_TOLERANCE, type Recipe } from './recipe.js';
import { provenance } from './scored-model.js';

/**
 * An R script that fits the same problem with glmnet, compares, and ends with 1 where the coefficients differ.
 * @throws DataError for names that R cannot hold
 */
export function glmnetScript(recipe: Recipe): string {
  const { model, features, unpenalised, l1Ratio } = recipe;
  const gaussian = model.model.family === 'gaussian';
  const heading = [
    'The same fit in glmnet. Run it with the training file as its argument: Rscript recipe.R train.csv',
    '',
    ...provenance(model),
    '',
    ...notesOf(recipe),
    'Means, deviations and fills are those that the model learned, so standardize is FALSE.',
    'It prints each coefficient beside that of the model, and ends with 1 if they differ.',
  ];
  const column = (values: readonly (number | null)[], absent: string) =>
    `c(${values.map((x) => (x === null ? absent : rNumber(x))).join(', ')})`;
  const pick = (key: 'centre' | 'remainder' | 'scale' | 'penaltyFactor' | 'coefficient' | 'standardized') =>
    column(
      features.map((feature) => feature[key]),
      'NA',
    );
  const lower = features.map(({ lower, scale }) => (lower === null ? null : lower * scale));
  const upper = features.map(({ upper, scale }) => (upper === null ? null : upper * scale));
  return `${heading.map((line) => `# ${line}`.trimEnd()).join('\n')}

suppressPackageStartupMessages(library(glmnet))

lambda <- ${rNumber(unpenalised ? 0 : model.lambda)} # ${unpenalised ? 0 : model.lambda}
l1_ratio <- ${rNumber(l1Ratio)} # ${l1Ratio}

name <- c(${features.map((f) => rString(f.name)).join(', ')})
column <- c(${features.map((f) => rString(f.column)).join(', ')})
level <- c(${features.map((f) => (f.level === null ? 'NA' : rString(f.level))).join(', ')})
fill <- ${column(
    features.map(({ fill }) => fill ?? 0),
    'NA',
  )}
centre <- ${pick('centre')}
remainder <- ${pick('remainder')}
scale <- ${pick('scale')}
factor_of <- ${unpenalised ? `rep(1, ${features.length})` : pick('penaltyFactor')}
lower <- ${column(lower, '-Inf')}
upper <- ${column(upper, 'Inf')}
coefficient <- ${pick('coefficient')}
standardized <- ${pick('standardized')}

# Rows of the file, from 0, that were not trained on: held out, or dropped for a missing cell.
left_out <- scan(quiet = TRUE, text = "
${numberLines(recipe.leftOut, '')}
")

${reading(recipe)}
Z <- vapply(seq_along(name), function(j) {
  if (is.na(level[j])) {
    x <- numbers(column[j])
  } else {
    x <- as.numeric(cells(column[j]) == level[j])
  }
  x[is.na(x)] <- fill[j]
  (x - centre[j] - remainder[j]) / scale[j]
}, numeric(nrow(data)))
${targetLines(recipe)}
v <- w / sum(w)

# glmnet wants two columns at least; one of zeros it leaves out.
Z <- cbind(Z, 0)
factor_of <- c(factor_of, 1)
lower <- c(lower, -Inf)
upper <- c(upper, Inf)

${gaussian && !model.model.standardizeTarget ? gaussianLambda(model.model.intercept) : 'alpha <- l1_ratio\n'}
# glmnet divides the factors by their mean.
lambda <- lambda * mean(factor_of)

# Warm starts on the way; the last one is the fit.
path <- lambda * ${unpenalised ? '1' : '2^(10:0)'}
glmnet.control(fdev = 0, devmax = 1)
fit <- glmnet(
  Z, y,
  family = "${model.model.family}", alpha = alpha, lambda = path, weights = w, ${
    !gaussian && model.offset !== null ? 'offset = offset, ' : ''
  }standardize = FALSE,
  intercept = ${model.model.intercept ? 'TRUE' : 'FALSE'}, penalty.factor = factor_of, lower.limits = lower, upper.limits = upper,
  thresh = 1e-24, maxit = 1e7
)
last <- length(fit$lambda)
if (last < length(path)) stop("glmnet left the path before its end")
beta <- fit$beta[seq_along(name), last]
intercept <- fit$a0[last]

unit <- max(1, abs(standardized))
worst <- max(abs(beta - standardized), abs(intercept - ${rNumber(model.standardizedIntercept)})) / unit
write.csv(data.frame(feature = name, glmnet = beta / scale, shrinkfit = coefficient), row.names = FALSE)
message("largest difference of standardized coefficients: ", format(worst, digits = 2))
quit(status = if (worst <= ${RECIPE_TOLERANCE}) 0 else 1)
`;
}

/** Without an intercept glmnet scales y by its root mean square. */
const gaussianLambda = (
  intercept: boolean,
) => `# glmnet divides y by its ${intercept ? 'standard deviation' : 'root mean square'}, so lambda means less for squares than for sizes.
sd_y <- sqrt(sum(v * ${intercept ? '(y - sum(v * y))' : 'y'}^2))
alpha <- l1_ratio
squares <- lambda * (1 - l1_ratio) * sd_y
sizes <- lambda * l1_ratio
lambda <- sizes + squares
if (lambda > 0) alpha <- sizes / lambda
`;

function notesOf({ model, unpenalised, l1Ratio }: Recipe): string[] {
  if (unpenalised) {
    return [
      'Nothing is penalised: lambda is 0. Where columns depend on each other, other coefficients are as good, and may come out.',
    ];
  }
  if (model.model.family === 'binomial' || model.model.standardizeTarget)
    return ['lambda and alpha are those of the model (alpha is its l1Ratio).'];
  if (l1Ratio === 1) return ['lambda is that of the model, alpha is 1.'];
  return ['glmnet rescales y: lambda, and for an elastic net alpha too, are translated below.'];
}

/** R, too, takes latin1 for windows-1252. */
const R_ENCODINGS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'encoding = "UTF-8"',
  'utf-16le': 'fileEncoding = "UTF-16LE"',
  'windows-1252': 'encoding = "latin1"',
  cp1252: 'encoding = "latin1"',
  latin1: 'encoding = "latin1"',
};

function reading({ dialect, na, model }: Recipe): string {
  const { delimiter, quote, comment, decimal, encoding, header, skippedLines } = dialect;
  const texts = na.map((text) => rString(text.trim()));
  const names = header
    ? 'names(data) <- trimws(sub("^\\ufeff", "", names(data)))'
    : 'names(data) <- paste0("x", seq_along(data))';
  const point = decimal === ',' ? 'sub(",", ".", x, fixed = TRUE)' : 'x';
  return `data <- read.table(
  commandArgs(TRUE)[1]${skippedLines === 0 ? '' : `, skip = ${skippedLines}`},
  header = ${header ? 'TRUE' : 'FALSE'}, sep = ${rString(delimiter)}, quote = ${rString(quote ?? '')}, comment.char = ${rString(comment ?? '')},
  colClasses = "character", na.strings = character(0), strip.white = TRUE, check.names = FALSE, ${R_ENCODINGS[encoding]}
)
${names}
if (nrow(data) != ${model.training.rows}) stop("this is not the training file: it has ", nrow(data), " rows")
if (length(left_out) > 0) data <- data[-(left_out + 1), , drop = FALSE]

cells <- function(column) {
  x <- enc2utf8(data[[column]])
  x[x %in% c("", ${texts.join(', ')})] <- NA
  x
}
numbers <- function(column) {
  x <- cells(column)
  as.numeric(${point})
}
`;
}

function targetLines({ model }: Recipe): string {
  const { target, weights, offset } = model;
  const name = rString(target.name);
  const lines = [weights === null ? 'w <- rep(1, nrow(data))' : `w <- numbers(${rString(weights)})`];
  if (target.classes === null) {
    lines.unshift(`y <- numbers(${name})${offset === null ? '' : ` - numbers(${rString(offset)})`}`);
    return lines.join('\n');
  }
  const positive = target.classes[1];
  const is =
    target.type === 'numeric'
      ? `numbers(${name}) == ${rNumber(Number(positive))}`
      : `cells(${name}) == ${rString(positive)}`;
  lines.unshift(`y <- as.numeric(${is})`);
  if (offset !== null) lines.push(`offset <- numbers(${rString(offset)})`);
  return lines.join('\n');
}
