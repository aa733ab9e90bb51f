import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Table } from '../../../csv/columns/table.js';
import { UsageError } from '../../../errors.js';
import type { EvaluateReport } from '../../../evaluation/evaluate-report.js';
import { evaluateGates } from '../../../gates/evaluate-gate.js';
import { evaluateNames, evaluateScope } from '../../../gates/evaluate-scope.js';
import type { Gate, GateResult } from '../../../gates/gate.js';
import type { Model } from '../../../model/model.js';
import { readingFor } from '../../../model/score/reading.js';
import { LazyEngine } from '../../../runtime/lazy-engine.js';
import type { Command } from '../../command.js';
import { conclude } from '../../conclude.js';
import { EXIT } from '../../exit-codes.js';
import { gatesGiven } from '../../flags/gates.js';
import { Reports, reportsGiven } from '../../flags/reports.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import { readModel } from '../../streams/read-model.js';
import type { Terminal } from '../../streams/terminal.js';
import { isRefused, tellWarnings } from '../../verdict.js';
import { EVALUATE_FLAGS } from './flags.js';
import { type EvaluateRequest, evaluateRequest } from './request.js';

/** `shrinkfit evaluate`: how a saved model does on the rows of a file, and how they differ from those of training. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  operands: ['MODEL', 'FILE'],
  usage: 'MODEL FILE [options]',
  description: `Measure a saved model on the labelled rows of a CSV file. Its metrics are shown next to those of the model that knows only the mean (or the class rate) of the training rows; two classes add the confusion matrix at a threshold, the calibration and the ROC curve. FILE may be gzipped; MODEL or FILE may be - for standard input.

The columns are compared with training: missing columns, changed types, unseen levels and classes, more missing cells, values outside the training range, and the population stability index (psi: below 0.1 stable, up to 0.2 watch, above it shifted). Each finding is an error (the model cannot be used as it is), a warning or a note; only gates make the command fail. If no row can be scored, the findings are printed and the exit code is 3.

Weights are used if the file has the model's weights column. Rows without a target, or with a missing cell that the model does not fill, are counted and left out.`,
  groups: EVALUATE_FLAGS,
  examples: [
    'shrinkfit evaluate model.json fresh.csv',
    "shrinkfit evaluate model.json fresh.csv --require 'rmse <= 0.9 * baseline'",
    'shrinkfit evaluate model.json fresh.csv --format csv --table roc > roc.csv',
    'shrinkfit evaluate model.json unlabelled.csv --check-only',
  ],
  run: runEvaluate,
};

async function runEvaluate(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const request = evaluateRequest(given);
  const model = await readModel(request.model, terminal);
  refuseThreshold(request, model);
  const rules = await gatesGiven(given, evaluateNames(model.model.family));
  const reports = await Reports.open(reportsGiven(given), terminal);
  return reports.during('evaluate', basename(request.file), () =>
    evaluateAndCheck(request, model, rules, reports, terminal),
  );
}

async function evaluateAndCheck(
  request: EvaluateRequest,
  model: Model,
  rules: readonly Gate[],
  reports: Reports,
  terminal: Terminal,
): Promise<number> {
  const report = await evaluated(request, model, terminal);
  const { output, table } = request;
  tellWarnings(report.warnings, output.quiet, terminal.stderr);
  const gates = evaluateGates(rules, () => evaluateScope(report));
  const checks = async () =>
    (await import('../../../report/evaluate/checks.js')).evaluateChecks(report, gates);
  await conclude('evaluate', report, { output, table, gates, checks }, reports, terminal);
  return verdict(report, gates, terminal);
}

function refuseThreshold({ threshold }: EvaluateRequest, model: Model): void {
  if (threshold === null || model.target.classes !== null) return;
  throw new UsageError('--threshold divides two classes, but this model predicts numbers: leave it out');
}

async function evaluated(
  request: EvaluateRequest,
  model: Model,
  terminal: Terminal,
): Promise<EvaluateReport> {
  const engine = new LazyEngine(request.threads ?? availableParallelism());
  try {
    const table = await readTable(request, model, terminal, engine);
    const { evaluateModel } = await import('../../../evaluation/evaluate-model.js');
    const { threshold, checkOnly } = request;
    return evaluateModel(model, table, {
      source: basename(request.model),
      checkOnly,
      ...(threshold === null ? {} : { threshold }),
    });
  } finally {
    engine.close();
  }
}

async function readTable(
  { file, reading }: EvaluateRequest,
  model: Model,
  { stdin }: Terminal,
  engine: LazyEngine,
): Promise<Table> {
  const { readCsv, bufferedInput } = await import('../../../csv/read-csv.js');
  const input = file === '-' ? bufferedInput('-', stdin) : file;
  return readCsv(input, { ...readingFor(model, reading), engine: engine.get });
}

/** That nothing could be measured takes precedence over a gate that failed because of it. */
function verdict({ refusal }: EvaluateReport, gates: readonly GateResult[], { stderr }: Terminal): number {
  if (refusal !== null) {
    tell(stderr, refusal);
    return EXIT.data;
  }
  return isRefused(gates) ? EXIT.checkFailed : EXIT.done;
}
