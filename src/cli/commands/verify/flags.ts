import type { FlagGroup } from '../../command.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from '../../flags/presentation.js';
import { READING_FLAGS } from '../../flags/reading.js';
import { PERFORMANCE } from '../../flags/threads.js';

/** The options of `verify`, grouped as in the help. */
export const VERIFY_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Certificate',
    flags: [
      {
        name: 'tolerance',
        value: 'T',
        text: 'The largest violation of the optimality conditions that is accepted. Default: 1e-6, whatever tolerance the fit used.',
      },
    ],
  },
  { title: 'Input (default: as the training file was read)', flags: READING_FLAGS },
  { title: 'Output', flags: [...FORMAT_FLAGS, ...COLOR_FLAGS] },
  PERFORMANCE,
];
