import type { FlagGroup } from '../command.js';
import { FIT_FLAGS } from './fit-flags.js';
import { GATE_FLAGS } from './gate-options.js';

/** The options of `fit` that say how its result is shown. */
const SHOWING = 'Output';

/** The options of `select`: those of `fit` that choose the model, and where the columns go. */
export const SELECT_FLAGS: readonly FlagGroup[] = [
  ...FIT_FLAGS.filter(({ title }) => title !== SHOWING),
  {
    title: SHOWING,
    flags: [
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        file: 'written',
        text: 'Write here instead of standard output. The file is replaced in one step when all rows are there.',
      },
      {
        name: 'require',
        value: 'EXPR',
        repeatable: true,
        text: "Write nothing and fail (exit code 1) unless this holds at the selected lambda: 'test.rmse <= 60', 'nonzero < 10'. Repeatable.",
      },
      ...GATE_FLAGS,
      { name: 'quiet', short: 'q', text: 'No warnings, no progress and no summary.' },
      {
        name: 'progress',
        value: 'WHEN',
        text: 'auto, always or never. auto: on a terminal, after half a second. Default: auto.',
      },
    ],
  },
];
