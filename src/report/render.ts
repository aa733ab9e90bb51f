import type { FitReport } from '../fit/fit-report.js';
import { DEFAULT_OPTIONS, type RenderOptions } from './render-options.js';

export { DEFAULT_ROWS, DEFAULT_WIDTH, type RenderOptions } from './render-options.js';

/**
 * A report as text, in chunks that end with a line end, so that a large one never is a single string. Each format is
 * loaded when it is asked for: scripts that read JSON do not wait for the table's packages.
 *
 * @param given what is left out is as in `DEFAULT_OPTIONS`: both tables in 80 columns, without colour
 */
export async function renderFit(
  report: FitReport,
  given: Partial<RenderOptions> = {},
): Promise<Iterable<string>> {
  const options = { ...DEFAULT_OPTIONS, ...given };
  switch (options.format) {
    case 'json':
      return (await import('./json.js')).fitJson(report, options.gates);
    case 'csv':
      return (await import('./csv.js')).fitCsv(report, options);
    case 'markdown':
      return (await import('./markdown.js')).fitMarkdown(report, options);
    case 'table':
      return (await import('./table.js')).fitTable(report, options);
  }
}
