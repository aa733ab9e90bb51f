import { basename } from 'node:path';
import { type Comparable, parseComparable, readComparable } from '../../../comparison/comparable.js';
import { compare, type DiffReport, type Tolerance } from '../../../comparison/compare.js';
import { diffScope } from '../../../gates/diff-scope.js';
import { evaluateGates } from '../../../gates/evaluate-gate.js';
import type { Gate, GateResult } from '../../../gates/gate.js';
import { differenceWords } from '../../../report/diff/words.js';
import type { Command } from '../../command.js';
import { conclude } from '../../conclude.js';
import { EXIT } from '../../exit-codes.js';
import { gatesGiven } from '../../flags/gates.js';
import { type Presentation, presentation } from '../../flags/presentation.js';
import { Reports, reportsGiven } from '../../flags/reports.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import { standardInput } from '../../streams/read-model.js';
import type { Terminal } from '../../streams/terminal.js';
import { choiceOf } from '../../values/choice.js';
import { numberIn } from '../../values/number.js';
import { isRefused } from '../../verdict.js';
import { DIFF_FLAGS } from './flags.js';

/** `shrinkfit diff`: how one solution differs from another, and whether by more than a tolerance. */
export const diffCommand: Command = {
  name: 'diff',
  operands: ['BASE', 'NEW'],
  usage: 'BASE NEW [options]',
  description: `Compare two saved models or results of fit --json: metrics, lambda, features that entered, left, changed sign or size, and the columns and levels of their input. BASE or NEW may be - for standard input.

The exit code is 1 when something differs by more than the tolerance. A feature on one side only is compared with 0. Added or removed columns and levels, and figures that one side lacks, always count. With --require and neither --atol nor --rtol the gates alone decide.`,
  groups: DIFF_FLAGS,
  examples: [
    'shrinkfit diff old.json new.json',
    'shrinkfit diff old.json new.json --rtol 0.05 --atol 1e-3',
    "shrinkfit diff old.json new.json --require 'test.rmse <= 1.1 * base.test.rmse'",
    'shrinkfit fit data.csv -t y --json | shrinkfit diff base.json -',
  ],
  run: runDiff,
};

interface DiffRequest {
  readonly base: string;
  readonly new: string;
  readonly tolerance: Tolerance;
  readonly table: 'figures' | 'features';
  /** Whether a tolerance was asked for. */
  readonly tolerant: boolean;
  readonly output: Presentation;
}

const TABLES = ['figures', 'features'] as const;
const FROM_0 = { words: 'a number from 0', accepts: (value: number) => value >= 0 };

function parseRequest(given: ParsedArguments): DiffRequest {
  const [base, next] = given.operands;
  const output = presentation(given);
  return {
    base,
    new: next,
    tolerance: {
      atol: given.parsed('atol', numberIn(FROM_0), 0),
      rtol: given.parsed('rtol', numberIn(FROM_0), 1e-6),
    },
    table: given.parsed('table', choiceOf(TABLES), 'features'),
    tolerant: given.has('atol') || given.has('rtol'),
    output,
  };
}

async function runDiff(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const request = parseRequest(given);
  const reports = await Reports.open(reportsGiven(given), terminal);
  const subject = `${basename(request.base)} ${basename(request.new)}`;
  return reports.during('diff', subject, () => diffAndCheck(request, given, reports, terminal));
}

async function diffAndCheck(
  request: DiffRequest,
  given: ParsedArguments,
  reports: Reports,
  terminal: Terminal,
): Promise<number> {
  const read = (path: string) => readSide(path, terminal);
  const base = await read(request.base);
  const report = compare(base, await read(request.new), request.tolerance);
  const scope = diffScope(report);
  const rules = await gatesGiven(given, scope);
  const gates = evaluateGates(rules, () => scope);
  const strict = isStrict(request, rules);
  const { output, table } = request;
  const checks = async () =>
    (await import('../../../report/diff/checks.js')).diffChecks(report, gates, strict);
  await conclude('diff', report, { output, table, gates, checks }, reports, terminal);
  return verdict(strict, output, report, gates, terminal);
}

/** Whether a difference beyond the tolerance fails; gates given without a tolerance decide alone. */
function isStrict({ tolerant }: DiffRequest, rules: readonly Gate[]): boolean {
  return tolerant || !rules.some(({ level }) => level === 'require');
}

function verdict(
  strict: boolean,
  output: Presentation,
  report: DiffReport,
  gates: readonly GateResult[],
  { stderr }: Terminal,
): number {
  const differs = strict && report.beyond > 0;
  if (differs && !output.quiet) {
    for (const { sentence, remedy } of differenceWords(report)) {
      tell(stderr, `${sentence}; if that is intended, ${remedy}`);
    }
  }
  return differs || isRefused(gates) ? EXIT.checkFailed : EXIT.done;
}

async function readSide(path: string, terminal: Terminal): Promise<Comparable> {
  if (path !== '-') return readComparable(path);
  return parseComparable(await standardInput(terminal), 'standard input');
}
