import type { ReadingOptions } from '../../../model/model.js';
import type { EvaluateTable } from '../../../report/options.js';
import { type Presentation, presentation } from '../../flags/presentation.js';
import { readingOptions } from '../../flags/reading.js';
import { threadsGiven } from '../../flags/threads.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { choiceOf } from '../../values/choice.js';
import { numberIn } from '../../values/number.js';

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
const SHARE = { words: 'a number from 0 to 1', accepts: (p: number) => p >= 0 && p <= 1 };

/** @throws UsageError naming the option, its value and what is accepted */
export function evaluateRequest(given: ParsedArguments): EvaluateRequest {
  const [model, file] = given.operands;
  const output = presentation(given);
  return {
    model,
    file,
    reading: readingOptions(given),
    threshold: given.parsed('threshold', numberIn(SHARE), null),
    checkOnly: given.has('check-only'),
    table: given.parsed('table', choiceOf(TABLES), 'all' as const),
    output,
    threads: threadsGiven(given),
  };
}
