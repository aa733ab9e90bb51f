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
        text: 'Begin the names of the new columns with P. Needed if the file already has such columns.',
      },
      {
        name: 'threshold',
        value: 'T',
        text: 'Rows with at least this probability are of the positive class. Default: 0.5.',
      },
      {
        name: 'strict',
        text: 'A missing cell, or a level not seen in training, is an error with its line. Default: the model decides, and they are counted on standard error.',
      },
      { name: 'quiet', short: 'q', text: 'No counts on standard error.' },
    ],
  },
  { title: 'Input (default: as the training file was read)', flags: READING_FLAGS },
  PERFORMANCE,
];
