import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { type CsvOptions, readCsv } from '../../src/csv/read-csv.js';
import { recipeFromFile } from '../../src/export/recipe-from-file.js';
import { fitOutcome } from '../../src/fit/fit.js';
import { buildModel } from '../../src/model/learn/build.js';
import type { Model } from '../../src/model/model.js';
import type { FitOptions, LambdaChoice } from '../../src/options/options.js';
import { ROOT } from '../cli/run-cli.js';
import { canRun } from './engines.js';
import { Interpreter, PYTHON_LOOP, R_LOOP } from './interpreter.js';

/** The first Python that has scikit-learn. */
const PYTHON = ['python3', '/usr/bin/python3'].find((python) => canRun(python, '-c', 'import sklearn'));
const HAS_GLMNET = canRun('Rscript', '-e', 'library(glmnet)');

/** Runs a recipe on a file as a script of its own would run, its two outputs into files beside it. */
const sklearn = new Interpreter(PYTHON ?? 'python3', [
  '-c',
  `
import contextlib, runpy, sys
def work(line):
    folder, file = line.split("\\t")
    sys.argv = ["recipe", file]
    with open(folder + "/stdout", "w", newline="") as out, open(folder + "/stderr", "w") as err:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                runpy.run_path(folder + "/recipe", run_name="__main__")
            except SystemExit as end:
                if end.code not in (None, 0): raise
${PYTHON_LOOP}`,
]);

const glmnet = new Interpreter('Rscript', [
  '-e',
  `
quit <- function(save, status = 0) stop(structure(class = c("ended", "error", "condition"), list(
  message = paste("status", status), call = NULL, status = status
)))
work <- function(line) {
  words <- strsplit(line, "\\t")[[1]]
  assign("commandArgs", function(...) words[2], globalenv())
  out <- file(file.path(words[1], "stdout"), "w")
  err <- file(file.path(words[1], "stderr"), "w")
  sink(out)
  sink(err, type = "message")
  on.exit({ sink(type = "message"); sink(); close(out); close(err) })
  tryCatch(
    source(file.path(words[1], "recipe"), local = new.env(), print.eval = TRUE),
    ended = function(e) if (e$status != 0) stop(e)
  )
}
${R_LOOP}`,
]);

const fixture = (name: string): string => join(ROOT, 'fixtures', `${name}.csv`);
const at = (...values: number[]): LambdaChoice => ({ kind: 'list', values });

interface Case {
  readonly file: string;
  readonly options: FitOptions;
  readonly csv?: CsvOptions;
  /** What a tool cannot express. */
  readonly sklearn?: RegExp;
}

let folder: string;

/** Rows with weights, an offset, categories, missing cells, odd names, semicolons and decimal commas. */
function mixedFile(): string {
  const lines = ['size;"a ""b"" colour";year;w;off;price;sold'];
  for (let i = 0; i < 80; i++) {
    const comma = (x: number) => String(x).replace('.', ',');
    const size = i % 9 === 4 ? 'NA' : comma(((i * 37) % 101) / 7);
    const colour = i % 11 === 7 ? '' : ['red', '"light;green"', "it's", '"""q"""'][(i * 13) % 4];
    const price = 3 * ((i * 37) % 101) - ((i * 13) % 4) * 40 + ((i * 29) % 17);
    lines.push(
      `${size};${colour};${1e6 + ((i * 7) % 13)};${comma(0.5 + (i % 5))};${comma((i % 3) / 2)};${price};${(price + 31 * (i % 7)) > 150 ? 'yes' : 'no'}`,
    );
  }
  const file = join(folder, 'mixed.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const CASES = (mixed: string): [string, Case][] => {
  const csv: CsvOptions = { decimal: ',' };
  const gaussian: FitOptions = {
    target: 'price',
    exclude: ['sold'],
    weights: 'w',
    offset: 'off',
    missing: 'mean',
  };
  const binomial: FitOptions = { target: 'sold', exclude: ['price', 'off'], weights: 'w', missing: 'median' };
  const diabetes = { file: fixture('diabetes') };
  const birthwt = { file: fixture('birthwt') };
  return [
    ['lasso', { ...diabetes, options: { target: 'target', lambda: at(2) } }],
    ['ridge', { ...diabetes, options: { target: 'target', penalty: 'ridge', lambda: at(0.3) } }],
    [
      'elastic net',
      { ...diabetes, options: { target: 'target', penalty: 'elasticnet', l1Ratio: 0.3, lambda: at(1.5) } },
    ],
    ...(
      [
        ['ridge', { penalty: 'ridge' }],
        ['elastic net', { penalty: 'elasticnet', l1Ratio: 0.3 }],
        ['elastic net without an intercept', { penalty: 'elasticnet', intercept: false }],
      ] as [string, Partial<FitOptions>][]
    ).map(([name, options]): [string, Case] => [
      `${name} on a standardized target`,
      { ...diabetes, options: { target: 'target', standardizeTarget: true, lambda: at(4), ...options } },
    ]),
    ['least squares', { ...diabetes, options: { target: 'target', penalty: 'none', holdout: 0 } }],
    [
      'no intercept',
      { ...diabetes, options: { target: 'target', penalty: 'ridge', intercept: false, lambda: at(5) } },
    ],
    ['not standardized', { ...diabetes, options: { target: 'target', standardize: false, lambda: at(20) } }],
    ['more columns than rows', { file: fixture('wide'), options: { target: 'y', lambda: at(0.5) } }],
    ['nonnegative', { ...diabetes, options: { target: 'target', nonnegative: true, lambda: at(1) } }],
    [
      'bounds',
      {
        ...diabetes,
        options: { target: 'target', lower: [['sex', -3]], upper: [['bmi', 2]], lambda: at(1) },
        sklearn: /bounds other than/,
      },
    ],
    [
      'factors, lasso',
      {
        ...diabetes,
        options: {
          target: 'target',
          penaltyFactor: [
            ['bmi', 3],
            ['sex', 0.2],
          ],
          lambda: at(1),
        },
      },
    ],
    [
      'factors, ridge',
      {
        ...diabetes,
        options: { target: 'target', penalty: 'ridge', penaltyFactor: [['bmi', 3]], lambda: at(1) },
      },
    ],
    [
      'a factor of 0',
      {
        ...diabetes,
        options: { target: 'target', penaltyFactor: [['bmi', 0]], lambda: at(1) },
        sklearn: /penalty factor of 0/,
      },
    ],
    [
      'factors, elastic net',
      {
        ...diabetes,
        options: {
          target: 'target',
          penalty: 'elasticnet',
          penaltyFactor: [
            ['bmi', 2],
            ['s5', 0],
          ],
          lambda: at(1),
        },
        sklearn: /elastic net|factor of 0/,
      },
    ],
    [
      'weights, offset, categories and missing cells, lasso',
      { file: mixed, csv, options: { ...gaussian, lambda: at(3) } },
    ],
    ['the same, ridge', { file: mixed, csv, options: { ...gaussian, penalty: 'ridge', lambda: at(3) } }],
    [
      'the same, elastic net',
      { file: mixed, csv, options: { ...gaussian, penalty: 'elasticnet', lambda: at(3) } },
    ],
    ['rows dropped', { file: mixed, csv, options: { ...gaussian, missing: 'drop', lambda: at(3) } }],
    ['logistic lasso', { ...birthwt, options: { target: 'low', lambda: at(0.02) } }],
    ['logistic ridge', { ...birthwt, options: { target: 'low', penalty: 'ridge', lambda: at(0.05) } }],
    [
      'logistic elastic net',
      { ...birthwt, options: { target: 'low', penalty: 'elasticnet', lambda: at(0.02) } },
    ],
    [
      'logistic without penalty',
      { ...birthwt, options: { target: 'low', penalty: 'none', exclude: ['race'] } },
    ],
    ['logistic, classes of text', { file: fixture('sonar'), options: { target: 'Class', lambda: at(0.03) } }],
    [
      'logistic with weights and categories',
      { file: mixed, csv, options: { ...binomial, lambda: at(0.02) } },
    ],
    [
      'logistic with an offset',
      {
        file: mixed,
        csv,
        options: { ...binomial, exclude: ['price'], offset: 'off', lambda: at(0.02) },
        sklearn: /an offset/,
      },
    ],
    [
      'logistic with bounds',
      { ...birthwt, options: { target: 'low', nonnegative: true, lambda: at(0.01) }, sklearn: /bounds in/ },
    ],
  ];
};

async function modelOf({ file, options, csv = {} }: Case): Promise<Model> {
  return buildModel(await fitOutcome(await readCsv(file, csv), options), csv);
}

/** Runs a recipe and holds what it prints against the model once more. */
async function check(tool: Interpreter, script: string, file: string, model: Model): Promise<void> {
  writeFileSync(join(folder, 'recipe'), script);
  await tool.ask(`${folder}\t${file}`);
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(stderr).to.match(/largest difference of standardized coefficients/);
  const rows: string[][] = parse(stdout, { from_line: 2 });
  const varying = model.features.filter(({ scale }) => scale !== 0);
  expect(rows.map(([name]) => name)).to.deep.equal(varying.map(({ name }) => name));
  const unit = Math.max(1, ...varying.map(({ standardized }) => Math.abs(standardized)));
  rows.forEach(([, found], j) => {
    const { coefficient, scale } = varying[j];
    expect(Math.abs(Number(found) - coefficient) * scale).to.be.below(1e-6 * unit);
  });
}

describe('a recipe', () => {
  let cases: Map<string, Case>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-recipe-'));
    cases = new Map(CASES(mixedFile()));
  });
  after(() => {
    for (const tool of [sklearn, glmnet]) tool.close();
    rmSync(folder, { recursive: true });
  });

  for (const [title] of CASES('')) {
    it(`gives the same coefficients in scikit-learn, or says why not: ${title}`, async function () {
      const fit = cases.get(title)!;
      const model = await modelOf(fit);
      if (fit.sklearn !== undefined) {
        const error: Error = await recipeFromFile('sklearn', model, fit.file).then(
          () => new Error('accepted'),
          (reason) => reason,
        );
        expect(error.message)
          .to.match(fit.sklearn)
          .and.match(/--recipe glmnet/);
        return;
      }
      const script = await recipeFromFile('sklearn', model, fit.file);
      if (PYTHON === undefined) this.skip();
      await check(sklearn, script, fit.file, model);
    });

    it(`gives the same coefficients in glmnet: ${title}`, async function () {
      const fit = cases.get(title)!;
      const model = await modelOf(fit);
      const script = await recipeFromFile('glmnet', model, fit.file);
      if (!HAS_GLMNET) this.skip();
      await check(glmnet, script, fit.file, model);
    });
  }

  it('refuses a file that is not the training file', async () => {
    const model = await modelOf({ file: fixture('diabetes'), options: { target: 'target' } });
    const other = join(folder, 'other.csv');
    writeFileSync(other, readFileSync(fixture('diabetes'), 'utf8').replace(/151/, '152'));
    const error: Error = await recipeFromFile('glmnet', model, other).then(
      () => new Error('accepted'),
      (reason) => reason,
    );
    expect(error.message).to.match(/is not the file that the model was trained on/);
  });
});
