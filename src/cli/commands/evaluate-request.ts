import { UsageError } from '../../errors.js';
import type { ReadingOptions } from '../../model/model.js';
import type { EvaluateTable } from '../../report/evaluate-options.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { choiceOf } from '../parsers/choice.js';
import { numberIn, wholeNumber } from '../parsers/number.js';
import { type Presentation, presentation } from './presentation.js';
import { readingOptions } from './reading-flags.js';

/** A command line of `evaluate`, read and checked before any file is opened; its gates need the model. */
export interface EvaluateRequest {
  readonly model: string;
  readonly file: string;
  readonly reading: ReadingOptions;
  readonly threshold: number | null;
  readonly checkOnly: boolean;
  readonly table: EvaluateTable;
  readonly output: Presentation;
  /** null: as many as the machine has cores. */
  readonly threads: number | null;
}

const TABLES = ['metrics', 'confusion', 'calibration', 'roc', 'findings', 'columns'] as const;
const MEASURED: readonly EvaluateTable[] = ['metrics', 'confusion', 'calibration', 'roc'];
const SHARE = { words: 'a number from 0 to 1', accepts: (p: number) => p >= 0 && p <= 1 };

/** @throws UsageError naming the option, its value and what is accepted */
export function evaluateRequest(given: ParsedArguments): EvaluateRequest {
  const [model, file] = given.operands;
  const output = presentation(given);
  const request = {
    model,
    file,
    reading: readingOptions(given),
    threshold: given.parsed('threshold', numberIn(SHARE), null),
    checkOnly: given.has('check-only'),
    table: given.parsed('table', choiceOf(TABLES), 'all' as const),
    output,
    threads: given.parsed('threads', numberIn(wholeNumber(1, 1024)), null),
  };
  checkTable(request, given);
  if (request.checkOnly && request.threshold !== null) {
    throw new UsageError(
      '--threshold says what to measure, but --check-only measures nothing: leave one out',
    );
  }
  return request;
}

function checkTable({ table, checkOnly, output }: EvaluateRequest, given: ParsedArguments): void {
  if (given.has('table') && output.format === 'json') {
    throw new UsageError(
      '--table chooses what table, markdown and csv show, but json holds everything: leave it out',
    );
  }
  if (table === 'roc' && output.format !== 'csv') {
    throw new UsageError('--table roc has a row for every score: add --format csv, or take --json');
  }
  if (checkOnly && MEASURED.includes(table)) {
    throw new UsageError(
      `--table ${table} shows what is measured, but --check-only measures nothing: leave one out`,
    );
  }
}
