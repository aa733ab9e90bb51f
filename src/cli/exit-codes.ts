/** The exit codes; `--help` prints the same table. */
export const EXIT = {
  done: 0,
  checkFailed: 1,
  usage: 2,
  data: 3,
  uncertified: 4,
  bug: 70,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit codes with their meaning, for the help. */
export const EXIT_CODE_TABLE: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'done'],
  [
    '1',
    'done, and a check failed: a --require gate, a diff beyond tolerance, or verify said no (takes precedence over 4)',
  ],
  ['2', 'usage: an option, a command or an expression is wrong'],
  [
    '3',
    'data: a file that cannot be read, is malformed, or cannot support the fit; a result that cannot be written',
  ],
  ['4', 'done, and some solution is not certified (results are printed and marked)'],
  ['70', 'a bug in shrinkfit: stack trace and where to report it'],
  ['129', 'ended by SIGHUP: the terminal was closed'],
  ['130', 'ended by SIGINT: Ctrl-C'],
  ['143', 'ended by SIGTERM'],
];
