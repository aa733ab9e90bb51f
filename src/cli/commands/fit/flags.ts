import type { FlagGroup } from '../../command.js';
import { GATE_FLAGS } from '../../flags/gates.js';
import { PROGRESS_FLAG } from '../../flags/output.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from '../../flags/presentation.js';
import { READING_FLAGS } from '../../flags/reading.js';
import { REPORT_FLAG } from '../../flags/reports.js';
import { PERFORMANCE } from '../../flags/threads.js';

/** The options of `fit`, grouped as in the help. */
export const FIT_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Input',
    flags: [
      { name: 'target', short: 't', value: 'COL', text: 'The column to predict. Required.' },
      {
        name: 'features',
        value: 'GLOBS',
        text: 'Columns to use: comma-separated names or globs (* and ?). Default: all but the target. A name with a comma is quoted: \'"a,b",c\'.',
      },
      { name: 'exclude', value: 'GLOBS', text: 'Columns to leave out, written as for --features.' },
      {
        name: 'categorical',
        value: 'COLS',
        text: 'Columns to treat as categories even if numeric. Text columns always are; each level becomes a feature COL=LEVEL.',
      },
      {
        name: 'max-levels',
        value: 'N',
        text: 'A text column with more levels is left out, with a warning. Default: 50.',
      },
      {
        name: 'missing',
        value: 'POLICY',
        text: 'Rows with a missing cell: drop (counted by column), error, or fill with the mean or median of the training rows. Default: drop.',
      },
      ...READING_FLAGS,
      { name: 'weights', value: 'COL', text: 'The column with observation weights.' },
      { name: 'offset', value: 'COL', text: 'The column with an offset of the linear predictor.' },
    ],
  },
  {
    title: 'Model',
    flags: [
      {
        name: 'family',
        short: 'f',
        value: 'FAMILY',
        text: 'auto, gaussian (or linear), binomial (or logistic). auto takes binomial when the target has two distinct values. Default: auto.',
      },
      {
        name: 'positive',
        value: 'VALUE',
        text: 'The class whose probability is modelled. Default: 1, true, yes, or the larger of the two.',
      },
      {
        name: 'penalty',
        short: 'p',
        value: 'PENALTY',
        text: 'ridge, lasso, elasticnet or none. Default: lasso.',
      },
      {
        name: 'l1-ratio',
        value: 'R',
        text: 'The mix of the elasticnet, from 0 (ridge) to 1 (lasso). Default: 0.5.',
      },
      {
        name: 'standardize',
        text: 'Penalise the coefficients of columns divided by their standard deviation. This is the default.',
      },
      {
        name: 'no-standardize',
        text: 'Penalise the coefficients of the columns as they are, not divided by their standard deviation.',
      },
      {
        name: 'standardize-target',
        text: "Gaussian: penalise as if the target were divided by its standard deviation, as glmnet does; lambda is then glmnet's, for ridge and elastic net too. Coefficients stay on the scale of the target.",
      },
      { name: 'intercept', text: 'Fit an intercept. This is the default.' },
      { name: 'no-intercept', text: 'Leave the intercept out.' },
      {
        name: 'penalty-factor',
        value: 'COL=F,...',
        repeatable: true,
        text: 'Multiply lambda by F for that column; 0 leaves it unpenalised. Repeatable. Default: 1.',
      },
      {
        name: 'lower',
        value: 'COL=V,...',
        repeatable: true,
        text: 'Lower bound of at most 0 on a coefficient, on the scale of the column. Repeatable.',
      },
      {
        name: 'upper',
        value: 'COL=V,...',
        repeatable: true,
        text: 'Upper bound of at least 0 on a coefficient, on the scale of the column. Repeatable.',
      },
      { name: 'nonnegative', text: 'No coefficient below 0.' },
    ],
  },
  {
    title: 'Path',
    flags: [
      {
        name: 'lambda',
        short: 'l',
        value: 'LIST',
        text: 'The penalty strengths to solve: 0.5,0.1,0 or FROM:TO:COUNT, spaced evenly in the logarithm. Default: a grid down from lambdaMax, the smallest lambda at which every coefficient is 0; for ridge from nearly the mean to nearly least squares.',
      },
      { name: 'lambda-count', value: 'N', text: 'How many lambdas the grid has. Default: 100.' },
      {
        name: 'lambda-min-ratio',
        value: 'R',
        text: 'The smallest lambda of the grid divided by the largest. Default: 1e-4 with at least as many rows as features, else 1e-2; ridge has its own end.',
      },
      {
        name: 'tolerance',
        value: 'T',
        text: 'The largest violation of the optimality conditions that is still certified. Default: 1e-6.',
      },
      {
        name: 'max-iterations',
        value: 'N',
        text: 'The most sweeps or steps for one lambda. Default: 100000.',
      },
    ],
  },
  {
    title: 'Validation',
    flags: [
      {
        name: 'holdout',
        value: 'F',
        text: 'Test rows: a fraction below 1, or a count; 0 for none. Default: 0.2.',
      },
      {
        name: 'cv',
        value: 'K',
        text: 'K-fold cross-validation on the training rows: K more paths. Adds its mean error and standard error to each lambda.',
      },
      { name: 'test-file', value: 'FILE', file: 'read', text: 'Take the test rows from another file.' },
      {
        name: 'seed',
        value: 'N',
        text: 'Seed of the random split and folds; the same on every machine. Default: 1.',
      },
      { name: 'stratify', text: 'Keep the share of the classes in the test rows. On for binomial.' },
      { name: 'no-stratify', text: 'Draw the test rows at random, whatever their classes.' },
      {
        name: 'select',
        value: 'RULE',
        text: 'Which lambda is the answer: test (lowest error on the test rows, which makes that error optimistic), cv (lowest cross-validated error), cv-1se (the largest lambda within one standard error of it) or aicc. Default: cv-1se with --cv, else test with test rows, else aicc.',
      },
    ],
  },
  {
    title: 'Output',
    flags: [
      ...FORMAT_FLAGS,
      {
        name: 'table',
        value: 'TABLE',
        text: 'Only this table: path (a row for each lambda) or coefficients (a row for each feature). Default: both; csv: path.',
      },
      {
        name: 'rows',
        value: 'N|all',
        text: 'How many lambdas and features to print, always including the selected lambda. csv and json print all. csv with --table coefficients: all prints every lambda. Default: 20.',
      },
      {
        name: 'save',
        value: 'MODEL',
        file: 'written',
        text: 'Save the model at the selected lambda to a file (atomically); skipped if a gate fails.',
      },
      {
        name: 'require',
        value: 'EXPR',
        repeatable: true,
        text: "Fail (exit code 1) unless this holds at the selected lambda: 'test.rmse <= 60', 'nonzero < 10', 'test.mse < 0.9 * baseline', 'coef(\"bmi\") > 0'. Repeatable.",
      },
      ...GATE_FLAGS,
      REPORT_FLAG,
      { name: 'quiet', short: 'q', text: 'No warnings and no progress.' },
      ...COLOR_FLAGS,
      PROGRESS_FLAG,
    ],
  },
  PERFORMANCE,
];
