import type { FlagGroup } from '../../command.js';
import { OUTPUT_FLAG } from '../../flags/output.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from '../../flags/presentation.js';

/** The options of `inspect`, grouped as in the help. */
export const INSPECT_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Recipe',
    flags: [
      {
        name: 'recipe',
        value: 'TOOL',
        text: 'Write a script that repeats the fit in sklearn (Python) or glmnet (R), with lambda, alpha or C translated, and compares the coefficients. Needs --data.',
      },
      {
        name: 'data',
        value: 'FILE',
        file: 'read',
        text: 'The training file of the model; it shows which rows were trained on. The script reads the same file.',
      },
    ],
  },
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
      OUTPUT_FLAG,
      ...COLOR_FLAGS,
    ],
  },
];
