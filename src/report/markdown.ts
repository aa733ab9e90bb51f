import type { FitReport } from '../fit/fit-report.js';
import { fitBlocks } from './fit-blocks.js';
import { markdownText } from './markdown-text.js';
import type { RenderOptions } from './render-options.js';

/** The report as GitHub Markdown. */
export function fitMarkdown(report: FitReport, options: RenderOptions): Generator<string> {
  return markdownText((write) => fitBlocks(report, options, write));
}
