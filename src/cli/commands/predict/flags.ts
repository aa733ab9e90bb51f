import type { FlagGroup } from '../../command.js';
import { OUTPUT_FLAG } from '../../flags/output.js';
import { READING_FLAGS } from '../../flags/reading.js';
import { PERFORMANCE } from '../../flags/threads.js';

/** The options of `predict`, grouped as in the help. */
export const PREDICT_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Output',
    flags: [
      OUTPUT_FLAG,
      { name: 'only', text: 'Only the new columns: no cells of the input, no comments, no blank lines.' },
      {
        name: 'prefix',
        value: 'P',
        text: 'Begin the names of the new columns with P. Needed where the file has such columns already.',
      },
      {
        name: 'threshold',
        value: 'T',
        text: 'The probability from which on a row is of the positive class. Default: 0.5.',
      },
      {
        name: 'strict',
        text: 'A missing cell and a level that no training row has are errors, with their line. Default: they follow the policy of the model and are counted on standard error.',
      },
      { name: 'quiet', short: 'q', text: 'No counts on standard error.' },
    ],
  },
  { title: 'Input (default: as the training file was read)', flags: READING_FLAGS },
  PERFORMANCE,
];
