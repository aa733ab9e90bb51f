import type { GateResult } from '../gates/gate.js';
import type { DiffReport } from '../model/compare.js';
import { diffBlocks } from './diff-blocks.js';
import { gateBlocks } from './gate-rows.js';
import type { RenderOptions } from './render-options.js';
import type { BlockSource } from './text-block.js';

/** How a comparison is to be shown. */
export interface DiffRenderOptions {
  readonly format: RenderOptions['format'];
  /** csv: which table. */
  readonly table: 'figures' | 'features';
  readonly rows: number | 'all';
  readonly gates: readonly GateResult[];
  readonly width: number;
  readonly colorLevel: RenderOptions['colorLevel'];
}

/** A comparison as text, in chunks that end with a line end. */
export async function renderDiff(report: DiffReport, options: DiffRenderOptions): Promise<Iterable<string>> {
  const blocks: BlockSource = (write) => [
    ...diffBlocks(report, options, write),
    ...gateBlocks(options.gates),
  ];
  switch (options.format) {
    case 'json':
      return (await import('./diff-json.js')).diffJson(report, options.gates);
    case 'csv':
      return (await import('./diff-csv.js')).diffCsv(report, options.table);
    case 'markdown':
      return (await import('./markdown-text.js')).markdownText(blocks);
    case 'table':
      return (await import('./terminal-text.js')).terminalText(blocks, options);
  }
}
