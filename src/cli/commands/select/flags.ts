import type { FlagGroup } from '../../command.js';
import { GATE_FLAGS } from '../../flags/gates.js';
import { OUTPUT_FLAG, PROGRESS_FLAG } from '../../flags/output.js';
import { FIT_FLAGS } from '../fit/flags.js';

/** The options of `fit` that say how its result is shown. */
const SHOWING = 'Output';

/** The options of `select`: those of `fit` that choose the model, and where the columns go. */
export const SELECT_FLAGS: readonly FlagGroup[] = [
  ...FIT_FLAGS.filter(({ title }) => title !== SHOWING),
  {
    title: SHOWING,
    flags: [
      OUTPUT_FLAG,
      {
        name: 'require',
        value: 'EXPR',
        repeatable: true,
        text: "Write nothing and fail (exit code 1) unless this holds at the selected lambda: 'test.rmse <= 60', 'nonzero < 10'. Repeatable.",
      },
      ...GATE_FLAGS,
      { name: 'quiet', short: 'q', text: 'No warnings, no progress and no summary.' },
      PROGRESS_FLAG,
    ],
  },
];
