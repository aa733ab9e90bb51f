import type { EvaluateReport } from '../evaluation/evaluate-report.js';
import { evaluateBlocks } from './evaluate-blocks.js';
import type { EvaluateRenderOptions } from './evaluate-options.js';
import { gateBlocks } from './gate-rows.js';
import type { BlockSource } from './text-block.js';

/** An evaluation as text, in chunks. */
export async function renderEvaluate(
  report: EvaluateReport,
  options: EvaluateRenderOptions,
): Promise<Iterable<string>> {
  const blocks: BlockSource = (write) => [
    ...evaluateBlocks(report, options, write),
    ...gateBlocks(options.gates),
  ];
  switch (options.format) {
    case 'json':
      return (await import('./evaluate-json.js')).evaluateJson(report, options.gates);
    case 'csv':
      return (await import('./evaluate-csv.js')).evaluateCsv(report, options.table);
    case 'markdown':
      return (await import('./markdown-text.js')).markdownText(blocks);
    case 'table':
      return (await import('./terminal-text.js')).terminalText(blocks, options);
  }
}
