import type { Encoding } from '../csv/read-csv.js';
import { DataError } from '../errors.js';
import { pythonNumber, pythonString } from './python.js';
import { numberLines, RECIPE_TOLERANCE, type Recipe } from './recipe.js';
import { provenance } from './scored-model.js';

/**
 * A Python script that fits the same problem with scikit-learn, compares, and ends with 1 where the coefficients differ.
 * @throws DataError for what scikit-learn cannot express
 */
export function sklearnScript(recipe: Recipe): string {
  refuse(recipe);
  const { model, features } = recipe;
  const { estimator, notes } = estimatorOf(recipe);
  const heading = [
    'The same fit in scikit-learn. Needs numpy and scikit-learn; run it with the training file as its argument.',
    '',
    ...provenance(model),
    '',
    ...notes,
    'Means, deviations and fills are those that the model learned, so that no StandardScaler is needed.',
    'It prints each coefficient beside that of the model, and ends with 1 if they differ.',
  ];
  const rows = features.map(
    (f) =>
      `    (${[
        pythonString(f.name),
        pythonString(f.column),
        f.level === null ? 'None' : pythonString(f.level),
        ...[f.fill ?? 0, f.centre, f.remainder, f.scale, f.penaltyFactor, f.coefficient, f.standardized].map(
          pythonNumber,
        ),
      ].join(', ')}),\n`,
  );
  return `${heading.map((line) => `# ${line}`.trimEnd()).join('\n')}

import csv
import gzip
import io
import math
import sys

import numpy as np
${estimator.import}

LAMBDA = ${pythonNumber(model.lambda)}

# name, column, level, fill, centre, remainder of the centre, scale, penalty factor, coefficient, standardized
FEATURES = [
${rows.join('')}]

# Rows of the file, from 0, that were not trained on: held out, or dropped for a missing cell.
LEFT_OUT = """
${numberLines(recipe.leftOut, '')}
"""

${reading(recipe)}
Z = np.column_stack([standardized(*feature) for feature in FEATURES])
${targetLines(recipe)}
W = w.sum()

${estimator.code}
beta = np.ravel(fit.coef_)${estimator.back}
intercept = float(np.ravel(fit.intercept_)[0])

expected = np.array([feature[9] for feature in FEATURES])
unit = max(1.0, abs(expected).max())
worst = max(abs(beta - expected).max(), abs(intercept - ${pythonNumber(model.standardizedIntercept)})) / unit
print("feature,sklearn,shrinkfit")
for feature, b in zip(FEATURES, beta):
    print("%s,%r,%r" % ('"' + feature[0].replace('"', '""') + '"', float(b / feature[6]), feature[8]))
print("largest difference of standardized coefficients: %.2g" % worst, file=sys.stderr)
sys.exit(0 if worst <= ${RECIPE_TOLERANCE} else 1)
`;
}

/** Each with what to do instead. */
function refuse({ model, features, l1Ratio, unpenalised }: Recipe): void {
  const cannot = (what: string) => {
    throw new DataError(`scikit-learn cannot express ${what}; take --recipe glmnet`);
  };
  const factors = features.map(({ penaltyFactor }) => penaltyFactor);
  if (model.model.family === 'binomial' && model.offset !== null) cannot('an offset in LogisticRegression');
  if (!unpenalised && factors.includes(0)) cannot('a penalty factor of 0 beside others');
  if (!unpenalised && l1Ratio > 0 && l1Ratio < 1 && factors.some((f) => f !== 1)) {
    cannot('penalty factors in an elastic net (scaling a column changes both norms, but not alike)');
  }
  if (!isBounded(features)) return;
  const positive = features.every(({ lower, upper }) => lower === 0 && upper === null);
  if (model.model.family === 'binomial') cannot('bounds in LogisticRegression');
  if (!positive) cannot('bounds other than 0 from below for every coefficient');
}

const isBounded = (features: Recipe['features']): boolean =>
  features.some(({ lower, upper }) => lower !== null || upper !== null);

const ARGUMENTS = {
  gaussian: gaussianArguments,
  binomial: ({ l1Ratio, unpenalised }: Recipe) => binomialArguments(l1Ratio, unpenalised),
};

interface Estimator {
  readonly import: string;
  /** Assigns `fit`, from Z, y, w, W and LAMBDA. */
  readonly code: string;
  /** From the coefficients of scaled columns back to those of Z. */
  readonly back: string;
}

function estimatorOf(recipe: Recipe): { estimator: Estimator; notes: string[] } {
  const { model, features, l1Ratio, unpenalised } = recipe;
  const intercept = `fit_intercept=${model.model.intercept ? 'True' : 'False'}`;
  const scaled = !unpenalised && features.some(({ penaltyFactor }) => penaltyFactor !== 1);
  const power = l1Ratio === 0 ? 'np.sqrt(factor)' : 'factor';
  const scaling = scaled ? `factor = np.array([feature[7] for feature in FEATURES])\nZ = Z / ${power}\n` : '';
  const [name, args, note] = ARGUMENTS[model.model.family](recipe);
  const code = `${targetScale(recipe)}${scaling}fit = ${name}(${[...args, intercept].join(', ')}).fit(Z, y, sample_weight=w)`;
  const notes = [
    note,
    ...(scaled ? [`A penalty factor divides its column: ${power} here.`] : []),
    ...(unpenalised
      ? ['Where columns depend on each other, other coefficients are as good, and may come out.']
      : []),
  ];
  return {
    estimator: {
      import: `from sklearn.linear_model import ${name}`,
      code,
      back: scaled ? ` / ${power}` : '',
    },
    notes,
  };
}

type Arguments = [name: string, args: string[], note: string];

function gaussianArguments({ model, features, l1Ratio, unpenalised }: Recipe): Arguments {
  const bound = isBounded(features) ? ['positive=True'] : [];
  if (unpenalised) return ['LinearRegression', bound, 'Nothing is penalised: LinearRegression.'];
  const { standardizeTarget } = model.model;
  if (l1Ratio === 0) {
    const solver = bound.length > 0 ? ['tol=1e-14', 'max_iter=100000'] : ['solver="svd"'];
    return [
      'Ridge',
      [`alpha=LAMBDA${standardizeTarget ? ' / SD_Y' : ''} * W`, ...solver, ...bound],
      `Ridge has alpha = lambda times the sum of the weights${standardizeTarget ? ', divided by the deviation of the target' : ''}.`,
    ];
  }
  const stop = ['tol=1e-14', 'max_iter=100000', ...bound];
  if (l1Ratio === 1) return ['Lasso', ['alpha=LAMBDA', ...stop], 'Lasso has alpha = lambda.'];
  if (standardizeTarget) {
    return [
      'ElasticNet',
      ['alpha=SIZES + SQUARES', 'l1_ratio=SIZES / (SIZES + SQUARES)', ...stop],
      'The penalty acts on the target divided by its deviation: alpha and l1_ratio are translated below.',
    ];
  }
  return [
    'ElasticNet',
    ['alpha=LAMBDA', `l1_ratio=${pythonNumber(l1Ratio)}`, ...stop],
    'ElasticNet has alpha = lambda and the same l1_ratio.',
  ];
}

/** The target's deviation, or its root mean square without an intercept, and the strengths of both norms in its light. */
function targetScale({ model, l1Ratio, unpenalised }: Recipe): string {
  const { standardizeTarget, intercept } = model.model;
  if (!standardizeTarget || unpenalised || l1Ratio === 1) return '';
  const mean = intercept ? ' - np.average(y, weights=w)' : '';
  const strengths =
    l1Ratio === 0
      ? ''
      : `SIZES = LAMBDA * ${pythonNumber(l1Ratio)}\nSQUARES = LAMBDA * ${pythonNumber(1 - l1Ratio)} / SD_Y\n`;
  return `SD_Y = math.sqrt(np.average((y${mean}) ** 2, weights=w))\n${strengths}`;
}

/** liblinear penalises the intercept, so it is not used. */
function binomialArguments(l1Ratio: number, unpenalised: boolean): Arguments {
  const name = 'LogisticRegression';
  const newton = ['solver="newton-cg"', 'tol=1e-12', 'max_iter=10000'];
  if (unpenalised) return [name, ['C=np.inf', ...newton], 'Nothing is penalised: C is infinite.'];
  const note = 'LogisticRegression has C = 1 / (lambda times the sum of the weights).';
  const c = 'C=1 / (LAMBDA * W)';
  if (l1Ratio === 0) return [name, [c, ...newton], note];
  const saga = ['solver="saga"', 'tol=1e-12', 'max_iter=1000000', 'random_state=0'];
  const penalty =
    l1Ratio === 1 ? ['penalty="l1"'] : ['penalty="elasticnet"', `l1_ratio=${pythonNumber(l1Ratio)}`];
  return [
    name,
    [c, ...penalty, ...saga],
    `${note} The solver saga leaves the intercept unpenalised; liblinear does not.`,
  ];
}

const ENCODINGS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf-8-sig',
  'utf-16le': 'utf-16',
  'windows-1252': 'cp1252',
  cp1252: 'cp1252',
  latin1: 'cp1252',
};

function reading({ dialect, na, model }: Recipe): string {
  const { delimiter, quote, comment, decimal, encoding, header, skippedLines } = dialect;
  const quoting = quote === null ? 'quoting=csv.QUOTE_NONE' : `quotechar=${pythonString(quote)}`;
  const skip =
    comment === null
      ? ''
      : `lines = (line for line in lines if not line.lstrip().startswith(${pythonString(comment)}))\n`;
  const names = header
    ? 'names = [name.strip() for name in records.pop(0)]'
    : 'names = ["x%d" % (j + 1) for j in range(len(records[0]))]';
  const point = decimal === ',' ? '.replace(",", ".")' : '';
  return `csv.field_size_limit(2**31 - 1)
with open(sys.argv[1], "rb") as file:
    data = file.read()
if data[:2] == b"\\x1f\\x8b":
    data = gzip.decompress(data)
lines = io.StringIO(data.decode("${ENCODINGS[encoding]}"), newline="")
${'next(lines)\n'.repeat(skippedLines)}${skip}records = csv.reader(lines, delimiter=${pythonString(delimiter)}, ${quoting}, skipinitialspace=True)
records = [[cell.strip() for cell in record] for record in records]
records = [record for record in records if record not in ([], [""])]
${names}
assert len(records) == ${model.training.rows}, "this is not the training file: it has %d rows" % len(records)
left_out = set(map(int, LEFT_OUT.split()))
records = [record for row, record in enumerate(records) if row not in left_out]
MISSING = {"", ${na.map((text) => pythonString(text.trim())).join(', ')}}


def cells(column):
    j = names.index(column)
    return [None if record[j] in MISSING else record[j] for record in records]


def numbers(column):
    return np.array([math.nan if cell is None else float(cell${point}) for cell in cells(column)])


def standardized(name, column, level, fill, centre, remainder, scale, *_):
    if level is None:
        x = numbers(column)
        x[np.isnan(x)] = fill
    else:
        x = np.array([fill if cell is None else float(cell == level) for cell in cells(column)])
    return (x - centre - remainder) / scale

`;
}

function targetLines({ model }: Recipe): string {
  const { target, weights, offset } = model;
  const name = pythonString(target.name);
  const w = weights === null ? 'w = np.ones(len(records))' : `w = numbers(${pythonString(weights)})`;
  if (target.classes !== null) {
    const positive = target.classes[1];
    const y =
      target.type === 'numeric'
        ? `y = (numbers(${name}) == ${pythonNumber(Number(positive))}).astype(int)`
        : `y = np.array([int(cell == ${pythonString(positive)}) for cell in cells(${name})])`;
    return `${y}\n${w}`;
  }
  const shift = offset === null ? '' : ` - numbers(${pythonString(offset)})`;
  return `y = numbers(${name})${shift}\n${w}`;
}
