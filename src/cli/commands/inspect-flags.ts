import type { FlagGroup } from '../command.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from './presentation.js';

/** The options of `inspect`, grouped as in the help. */
export const INSPECT_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Output',
    flags: [
      ...FORMAT_FLAGS,
      {
        name: 'table',
        value: 'TABLE',
        text: 'Only this table: coefficients or schema. Default: both; csv: coefficients.',
      },
      {
        name: 'rows',
        value: 'N|all',
        text: 'How many terms, coefficients and columns to list; csv and json always have all. Default: 20.',
      },
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        text: 'Write to this file, whole or not at all, instead of standard output.',
      },
      ...COLOR_FLAGS,
    ],
  },
];
