import type { FlagGroup } from '../command.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { COLOR_CHOICES, type ColorChoice } from '../streams/color.js';
import { choiceOf } from '../values/choice.js';
import { numberIn, wholeNumber } from '../values/number.js';

/** How any result is to be shown. */
export interface Presentation {
  readonly format: 'table' | 'markdown' | 'csv' | 'json';
  readonly rows: number | 'all';
  readonly quiet: boolean;
  readonly color: ColorChoice;
}

const FORMATS = ['table', 'markdown', 'csv', 'json'] as const;

/** The flags that say so; `--table`, `--rows` and `--quiet` mean something else in each command. */
export const FORMAT_FLAGS: FlagGroup['flags'] = [
  { name: 'format', value: 'FORMAT', text: 'table, markdown, csv or json. Default: table.' },
  { name: 'json', text: 'Short for --format json.' },
];

export const COLOR_FLAGS: FlagGroup['flags'] = [
  {
    name: 'color',
    value: 'WHEN',
    text: 'auto, always or never. auto: on a terminal, unless NO_COLOR is set; FORCE_COLOR is honoured. Default: auto.',
  },
  { name: 'no-color', text: 'Short for --color never.' },
];

/** @throws UsageError naming the option, its value and what is accepted */
export function presentation(given: ParsedArguments): Presentation {
  return {
    format: given.parsed('format', choiceOf(FORMATS), given.has('json') ? 'json' : 'table'),
    rows: given.parsed('rows', parseRows, 20),
    quiet: given.has('quiet'),
    color: given.parsed('color', choiceOf(COLOR_CHOICES), given.has('no-color') ? 'never' : 'auto'),
  };
}

function parseRows(flag: string, text: string): number | 'all' {
  const range = wholeNumber(1, 1_000_000);
  return text === 'all' ? 'all' : numberIn({ ...range, words: `${range.words}, or all` })(flag, text);
}
