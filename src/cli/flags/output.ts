import type { Flag } from '../command.js';

/** Where a result goes. */
export const OUTPUT_FLAG: Flag = {
  name: 'output',
  short: 'o',
  value: 'FILE',
  file: 'written',
  text: 'Write to this file instead of standard output. The file is replaced in one step after everything is written.',
};

/** When long work reports progress. */
export const PROGRESS_FLAG: Flag = {
  name: 'progress',
  value: 'WHEN',
  text: 'auto, always or never. auto: on a terminal, after half a second. Default: auto.',
};
