import { type Presentation, presentation } from '../../flags/presentation.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { PROGRESS_CHOICES, type ProgressChoice } from '../../streams/progress.js';
import { choiceOf } from '../../values/choice.js';

/** How the result of `fit` is to be shown. */
export interface OutputRequest extends Presentation {
  readonly table: 'path' | 'coefficients' | 'both';
  readonly progress: ProgressChoice;
}

const TABLES = ['path', 'coefficients'] as const;

/** @throws UsageError naming the option, its value and what is accepted */
export function outputRequest(given: ParsedArguments): OutputRequest {
  const shown = presentation(given);
  return {
    ...shown,
    table: given.parsed('table', choiceOf(TABLES), shown.format === 'csv' ? 'path' : 'both'),
    progress: given.parsed('progress', choiceOf(PROGRESS_CHOICES), 'auto'),
  };
}
