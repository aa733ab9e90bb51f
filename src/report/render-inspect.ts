import type { Model } from '../model/model.js';
import { modelText } from '../model/model-text.js';
import { type InspectBlockOptions, inspectBlocks } from './inspect-blocks.js';
import type { RenderOptions } from './render-options.js';
import type { BlockSource } from './text-block.js';

/** How a model is to be shown. */
export interface InspectRenderOptions extends InspectBlockOptions {
  readonly format: RenderOptions['format'];
  readonly width: number;
  readonly colorLevel: RenderOptions['colorLevel'];
}

/** A model as text, in chunks that end with a line end. Its JSON is the model file itself. */
export async function renderInspect(model: Model, options: InspectRenderOptions): Promise<Iterable<string>> {
  const blocks: BlockSource = (write) => inspectBlocks(model, options, write);
  switch (options.format) {
    case 'json':
      return [modelText(model)];
    case 'csv':
      return (await import('./inspect-csv.js')).inspectCsv(
        model,
        options.table === 'schema' ? 'schema' : 'coefficients',
      );
    case 'markdown':
      return (await import('./markdown-text.js')).markdownText(blocks);
    case 'table':
      return (await import('./terminal-text.js')).terminalText(blocks, options);
  }
}
