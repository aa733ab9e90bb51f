import type { FlagGroup } from '../../command.js';
import { GATE_FLAGS } from '../../flags/gates.js';
import { COLOR_FLAGS, FORMAT_FLAGS } from '../../flags/presentation.js';
import { READING_FLAGS } from '../../flags/reading.js';
import { REPORT_FLAG } from '../../flags/reports.js';
import { PERFORMANCE } from '../../flags/threads.js';

/** The options of `evaluate`, grouped as in the help. */
export const EVALUATE_FLAGS: readonly FlagGroup[] = [
  {
    title: 'What is measured',
    flags: [
      {
        name: 'threshold',
        value: 'P',
        text: 'Two classes: rows with at least this probability are positive. Default: 0.5.',
      },
      {
        name: 'check-only',
        text: 'Only compare the columns with training; the target is not needed.',
      },
    ],
  },
  {
    title: 'Input (default: as the training file was read)',
    flags: READING_FLAGS,
  },
  {
    title: 'Output',
    flags: [
      ...FORMAT_FLAGS,
      {
        name: 'table',
        value: 'TABLE',
        text: 'Only this table: metrics, confusion, calibration, findings, columns (the figures of every column) or, for csv, roc (every point of the curve). Default: all but columns; csv: metrics.',
      },
      {
        name: 'rows',
        value: 'N|all',
        text: 'How many findings, or columns, to list, the worst first; csv and json always have all. Default: 20.',
      },
      {
        name: 'require',
        value: 'EXPR',
        repeatable: true,
        text: "Fail (exit code 1) unless this holds: 'auc >= 0.8', 'rmse <= 0.9 * baseline', 'confusion.sensitivity > 0.7', 'findings.error == 0', 'psi(\"age\") < 0.2'. Repeatable.",
      },
      ...GATE_FLAGS,
      REPORT_FLAG,
      { name: 'quiet', short: 'q', text: 'No warnings.' },
      ...COLOR_FLAGS,
    ],
  },
  PERFORMANCE,
];
