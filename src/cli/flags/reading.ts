import { ENCODINGS } from '../../csv/bytes/encoding.js';
import { DEFAULT_NA } from '../../csv/dialect/cell-rules.js';
import type { ReadingOptions } from '../../model/model.js';
import type { Flag } from '../command.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { choiceOf } from '../values/choice.js';
import { defined } from '../values/defined.js';
import { parseCharacter, parseCharacterOrNone } from '../values/dialect.js';
import { parseMissingMarks } from '../values/missing-marks.js';

/** How a CSV file is to be read: the options of every command that reads one. */
export const READING_FLAGS: readonly Flag[] = [
  {
    name: 'na',
    value: 'TOKENS',
    repeatable: true,
    mayBeEmpty: true,
    text: `Comma-separated cells that count as missing, besides the empty cell; COL=TOKENS for one column, '' for the empty cell alone. Default: ${DEFAULT_NA.join(',')}.`,
  },
  {
    name: 'delimiter',
    value: 'C',
    text: 'One character, or tab, comma, semicolon, pipe. Default: detected.',
  },
  { name: 'quote', value: 'C', text: 'The quoting character, or none. Default: the double quote.' },
  {
    name: 'comment',
    value: 'C',
    text: 'Lines that start with this character are skipped. Default: none.',
  },
  {
    name: 'decimal',
    value: 'C',
    text: 'The decimal mark, point or comma: --decimal , reads 1,5. Default: point.',
  },
  {
    name: 'encoding',
    value: 'E',
    text: 'utf-8, utf-16le or windows-1252 (also called cp1252, latin1). Default: utf-8.',
  },
  { name: 'no-header', text: 'The first line holds data; columns are called x1, x2, and so on.' },
];

/** The options that were given; absent ones take their default. @throws UsageError naming the option and its value */
export function readingOptions(given: ParsedArguments): ReadingOptions {
  return defined({
    delimiter: given.parsed('delimiter', parseCharacter, undefined),
    quote: given.parsed('quote', parseCharacterOrNone, undefined),
    comment: given.parsed('comment', parseCharacterOrNone, undefined),
    decimal: given.parsed('decimal', choiceOf(['.', ',']), undefined),
    encoding: given.parsed('encoding', choiceOf(ENCODINGS), undefined),
    header: given.has('no-header') ? false : undefined,
    ...(given.has('na') ? parseMissingMarks('--na', given.texts('na')) : {}),
  });
}
