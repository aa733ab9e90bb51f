import type { CsvInput } from '../../../csv/bytes/source.js';
import { selectColumns } from '../../../csv/stream/select-columns.js';
import type { FitOutcome } from '../../../fit/fit.js';
import type { FitReport } from '../../../fit/fit-report.js';
import { keptColumns } from '../../../fit/kept-columns.js';
import { evaluateGates } from '../../../gates/evaluate-gate.js';
import { fitNames, fitScope } from '../../../gates/fit-scope.js';
import { shown } from '../../../visible.js';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-codes.js';
import { gatesGiven } from '../../flags/gates.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import { type Output, openResult } from '../../streams/output.js';
import type { Terminal } from '../../streams/terminal.js';
import { describeCertificates, isRefused, tellGates, tellWarnings } from '../../verdict.js';
import { computeFit, inputOf } from '../fit/compute.js';
import { parseFitRequest } from '../fit/parse-request.js';
import type { FitRequest } from '../fit/request.js';
import { SELECT_FLAGS } from './flags.js';

/** `shrinkfit select`: CSV in, the same CSV with only the columns that the fit keeps out. */
export const selectCommand: Command = {
  name: 'select',
  operands: ['FILE'],
  usage: 'FILE --target COL [options]',
  description: `Fit as shrinkfit fit does, and write only the columns with a non-zero coefficient at the selected lambda, the target, weights and offset, in the file's order. A column of categories is kept if any of its levels is. Cells, blank lines and comments are copied byte for byte, as UTF-8.

FILE is read twice, the second time in constant memory. Standard input (-) is kept in memory, compressed if it came compressed.`,
  groups: SELECT_FLAGS,
  examples: [
    'shrinkfit select sales.csv --target price > fewer.csv',
    'shrinkfit select genes.csv.gz -t type --cv 10 -o fewer.csv',
    'zcat sales.csv.gz | shrinkfit select - -t price | shrinkfit fit - -t price',
  ],
  run: runSelect,
};

async function runSelect(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const request = parseFitRequest(given);
  const rules = await gatesGiven(given, fitNames(request.options.family ?? 'auto'));
  const output = await openResult(given.text('output'), terminal.stdout);
  try {
    const input = inputOf(request, terminal);
    const outcome = await computeFit(request, rules, input, terminal);
    const { report } = outcome;
    const { quiet } = request.output;
    const gates = evaluateGates(rules, () => fitScope(report));
    tellWarnings(report.warnings, quiet, terminal.stderr);
    tellGates(gates, quiet, terminal.stderr);
    if (isRefused(gates)) return EXIT.checkFailed;
    await writeSurvivors(request, outcome, input, output, terminal);
    const uncertified = describeCertificates(report);
    if (uncertified !== null && quiet) tell(terminal.stderr, uncertified);
    return uncertified === null ? EXIT.done : EXIT.uncertified;
  } finally {
    await output.abandon();
  }
}

async function writeSurvivors(
  request: FitRequest,
  outcome: FitOutcome,
  input: CsvInput,
  output: Output,
  terminal: Terminal,
): Promise<void> {
  const { table } = outcome;
  const { kept, leftOut } = keptColumns(outcome);
  const { target, weights, offset } = outcome.options;
  const roles = [target, weights, offset].filter((name) => name !== null);
  const names = table.columns.map(({ name }) => name);
  const known = { rows: table.rows, names };
  const keep = new Set([...roles, ...kept]);
  await selectColumns(input, request.csv, known, keep, (bytes) => output.write(bytes));
  await output.commit();
  if (request.output.quiet) return;
  for (const line of summary(outcome.report, kept, leftOut)) tell(terminal.stderr, line);
}

const MOST_NAMED = 12;

function summary({ selected }: FitReport, kept: readonly string[], leftOut: readonly string[]): string[] {
  const at = `at lambda ${selected.lambda.toPrecision(6)} (rule ${selected.rule})`;
  const count = kept.length + leftOut.length;
  const warning =
    'warning: no column survives, so the target stands alone; choose a smaller --lambda or another --select';
  return [
    ...(kept.length === 0 ? [warning] : []),
    `kept ${kept.length} of ${count} columns ${at}${listed(kept)}`,
    ...(leftOut.length > 0 ? [`left out${listed(leftOut)}`] : []),
  ];
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return '';
  const first = names.slice(0, MOST_NAMED).map((name) => shown(name));
  const rest = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `: ${first.join(', ')}${rest}`;
}
