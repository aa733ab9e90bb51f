import type { ParsedArguments } from '../parsed-arguments.js';
import { choiceOf } from '../parsers/choice.js';
import { numberIn, wholeNumber } from '../parsers/number.js';
import { COLOR_CHOICES, type ColorChoice } from '../streams/color.js';
import { PROGRESS_CHOICES, type ProgressChoice } from '../streams/progress.js';

/** How the result of `fit` is to be shown. */
export interface OutputRequest {
  readonly format: 'table' | 'markdown' | 'csv' | 'json';
  readonly table: 'path' | 'coefficients' | 'both';
  readonly rows: number | 'all';
  readonly quiet: boolean;
  readonly color: ColorChoice;
  readonly progress: ProgressChoice;
}

const FORMATS = ['table', 'markdown', 'csv', 'json'] as const;
const TABLES = ['path', 'coefficients'] as const;

/** @throws UsageError naming the option, its value and what is accepted */
export function outputRequest(given: ParsedArguments): OutputRequest {
  const format = given.parsed('format', choiceOf(FORMATS), given.has('json') ? 'json' : 'table');
  return {
    format,
    table: given.parsed('table', choiceOf(TABLES), format === 'csv' ? 'path' : 'both'),
    rows: given.parsed('rows', parseRows, 20),
    quiet: given.has('quiet'),
    color: given.parsed('color', choiceOf(COLOR_CHOICES), given.has('no-color') ? 'never' : 'auto'),
    progress: given.parsed('progress', choiceOf(PROGRESS_CHOICES), 'auto'),
  };
}

function parseRows(flag: string, text: string): number | 'all' {
  const range = wholeNumber(1, 1_000_000);
  return text === 'all' ? 'all' : numberIn({ ...range, words: `${range.words}, or all` })(flag, text);
}
