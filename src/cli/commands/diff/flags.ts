import type { FlagGroup } from '../../command.js';
import { GATE_FLAGS } from '../../flags/gates.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from '../../flags/presentation.js';
import { REPORT_FLAG } from '../../flags/reports.js';

/** The options of `diff`, grouped as in the help. */
export const DIFF_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Tolerance',
    flags: [
      {
        name: 'atol',
        value: 'A',
        text: 'Absolute tolerance A: values are equal if |new - base| <= A + R |base|. Default: 0.',
      },
      { name: 'rtol', value: 'R', text: 'Relative tolerance R of the same rule. Default: 1e-6.' },
    ],
  },
  {
    title: 'Output',
    flags: [
      ...FORMAT_FLAGS,
      { name: 'table', value: 'TABLE', text: 'csv only: features or figures. Default: features.' },
      {
        name: 'rows',
        value: 'N|all',
        text: 'How many changed features to list; all lists the unchanged ones too. csv and json always have all. Default: 20.',
      },
      {
        name: 'require',
        value: 'EXPR',
        repeatable: true,
        text: "Fail (exit code 1) unless this holds: 'entered == 0', 'test.rmse <= 1.02 * base.test.rmse', 'coef(\"age\") > 0', 'abs(change(\"age\")) < 0.1'. Repeatable.",
      },
      ...GATE_FLAGS,
      REPORT_FLAG,
      { name: 'quiet', short: 'q', text: 'Only errors on standard error.' },
      ...COLOR_FLAGS,
    ],
  },
];
