import { basename } from 'node:path';
import type { FitOutcome } from '../../../fit/fit.js';
import type { FitReport } from '../../../fit/fit-report.js';
import { evaluateGates } from '../../../gates/evaluate-gate.js';
import { fitNames, fitScope } from '../../../gates/fit-scope.js';
import type { Gate, GateResult } from '../../../gates/gate.js';
import type { OutputFile } from '../../../output/output-file.js';
import type { Command } from '../../command.js';
import { conclude } from '../../conclude.js';
import { EXIT } from '../../exit-codes.js';
import { gatesGiven } from '../../flags/gates.js';
import { Reports, reportsGiven } from '../../flags/reports.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import type { Terminal } from '../../streams/terminal.js';
import { describeCertificates, isRefused, tellWarnings } from '../../verdict.js';
import { computeFit, inputOf } from './compute.js';
import { FIT_FLAGS } from './flags.js';
import { parseFitRequest } from './parse-request.js';
import type { FitRequest } from './request.js';

/** `shrinkfit fit`: sweep lambda, print error and sparsity tables. */
export const fitCommand: Command = {
  name: 'fit',
  operands: ['FILE'],
  usage: 'FILE --target COL [options]',
  description: `Fit a ridge, lasso or elastic net regression, linear or logistic, to a CSV file for a whole path of penalty strengths (lambda), and print how error and sparsity change along it.

FILE is a CSV file with a header line, gzipped or not, or - for standard input. Some rows (--holdout) are kept for testing; everything is learned from the other rows only.`,
  groups: FIT_FLAGS,
  examples: [
    'shrinkfit fit sales.csv --target price',
    'shrinkfit fit sales.csv -t price -p ridge --lambda 10:0.01:30',
    'shrinkfit fit patients.csv -t relapsed --categorical ward --positive yes',
    'shrinkfit fit genes.csv -t type -p elasticnet --l1-ratio 0.3 --json',
    'shrinkfit fit sales.csv -t price --format csv > path.csv',
    "shrinkfit fit sales.csv -t price --require 'test.rmse<=70'",
  ],
  run: runFit,
};

async function runFit(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const request = parseFitRequest(given);
  const rules = await gatesGiven(given, fitNames(request.options.family ?? 'auto'));
  const reports = await Reports.open(reportsGiven(given), terminal);
  return reports.during('fit', basename(request.file), () => fitAndCheck(request, rules, reports, terminal));
}

async function fitAndCheck(
  request: FitRequest,
  rules: readonly Gate[],
  reports: Reports,
  terminal: Terminal,
): Promise<number> {
  const modelFile = request.save === null ? null : await openModelFile(request.save);
  try {
    const outcome = await computeFit(request, rules, inputOf(request, terminal), terminal);
    const { report } = outcome;
    const { output } = request;
    tellWarnings(report.warnings, output.quiet, terminal.stderr);
    const gates = evaluateGates(rules, () => fitScope(report));
    if (!isRefused(gates)) await save(modelFile, outcome, request);
    const checks = async () => (await import('../../../report/fit/checks.js')).fitChecks(report, gates);
    await conclude('fit', report, { output, table: output.table, gates, checks }, reports, terminal);
    return verdict(request, report, gates, terminal);
  } finally {
    await modelFile?.abandon();
  }
}

async function openModelFile(path: string): Promise<OutputFile> {
  const { openOutput } = await import('../../streams/write-file.js');
  return openOutput(path);
}

/** A model that fails a gate does not replace an existing file. */
async function save(file: OutputFile | null, outcome: FitOutcome, request: FitRequest): Promise<void> {
  if (file === null) return;
  const { buildModel } = await import('../../../model/learn/build.js');
  const { modelText } = await import('../../../model/file/text.js');
  // The columns of a model say themselves which are text.
  const { text, ...reading } = request.csv;
  await file.write(modelText(buildModel(outcome, reading)));
  await file.commit();
}

/** A failed gate takes precedence over a missing certificate: the user asked for the check and must see it fail. */
function verdict(
  request: FitRequest,
  report: FitReport,
  gates: readonly GateResult[],
  terminal: Terminal,
): number {
  const uncertified = describeCertificates(report);
  // A warning says so too, but an exit code other than 0 must never come without a message.
  if (uncertified !== null && request.output.quiet) tell(terminal.stderr, uncertified);
  const refused = isRefused(gates);
  if (refused && request.save !== null) {
    tell(terminal.stderr, `${request.save} was not written: a gate failed`);
  }
  if (refused) return EXIT.checkFailed;
  return uncertified === null ? EXIT.done : EXIT.uncertified;
}
