import type { DiffReport } from '../comparison/compare.js';
import type { EvaluateReport } from '../evaluation/evaluate-report.js';
import type { FitReport } from '../fit/fit-report.js';
import type { Model } from '../model/model.js';
import type { VerifyReport } from '../verification/report.js';
import {
  DEFAULT_ROWS,
  DEFAULT_WIDTH,
  type DiffViewOptions,
  type EvaluateViewOptions,
  type FitViewOptions,
  type InspectViewOptions,
  type ViewOptions,
} from './options.js';
import type { TextBlock, WriteName } from './text/block.js';

/** What commands show, with the options for it. */
export interface Shown {
  fit: [FitReport, FitViewOptions];
  evaluate: [EvaluateReport, EvaluateViewOptions];
  diff: [DiffReport, DiffViewOptions];
  inspect: [Model, InspectViewOptions];
  verify: [VerifyReport, ViewOptions];
}

/**
 * The three forms of a result. Each is loaded when it is asked for: scripts that read JSON do not wait for the table's packages. `blocks`
 * is for readers, in reading order; its `write` escapes names for the medium.
 */
interface View<R, O> {
  blocks(): Promise<{ blocks(result: R, options: O, write: WriteName): Iterable<TextBlock> }>;
  csv(): Promise<{ csv(result: R, options: O): Iterable<string> }>;
  json(): Promise<{ json(result: R, options: O): Iterable<string> }>;
}

const VIEWS: { readonly [C in keyof Shown]: View<Shown[C][0], Shown[C][1]> } = {
  fit: {
    blocks: () => import('./fit/blocks.js'),
    csv: () => import('./fit/csv.js'),
    json: () => import('./fit/json.js'),
  },
  evaluate: {
    blocks: () => import('./evaluate/blocks.js'),
    csv: () => import('./evaluate/csv.js'),
    json: () => import('./evaluate/json.js'),
  },
  diff: {
    blocks: () => import('./diff/blocks.js'),
    csv: () => import('./diff/csv.js'),
    json: () => import('./diff/json.js'),
  },
  inspect: {
    blocks: () => import('./inspect/blocks.js'),
    csv: () => import('./inspect/csv.js'),
    json: () => import('./inspect/json.js'),
  },
  verify: {
    blocks: () => import('./verify/blocks.js'),
    csv: () => import('./verify/csv.js'),
    json: () => import('./verify/json.js'),
  },
};

/** The result of a command as text, in chunks that end with a line end, so that a large one never is a single string. */
export async function render<C extends keyof Shown>(
  command: C,
  result: Shown[C][0],
  options: Shown[C][1],
): Promise<Iterable<string>> {
  const view: View<Shown[C][0], Shown[C][1]> = VIEWS[command];
  const { format, gates } = options;
  if (format === 'json') return (await view.json()).json(result, options);
  if (format === 'csv') return (await view.csv()).csv(result, options);
  const { blocks } = await view.blocks();
  const { gateBlocks } = await import('./gates.js');
  const source = (write: WriteName) => [...blocks(result, options, write), ...gateBlocks(gates)];
  if (format === 'markdown') return (await import('./media/markdown.js')).markdownText(source);
  return (await import('./media/terminal.js')).terminalText(source, options);
}

/** What a caller of the library leaves out: the tables as a pipe would get them. */
const DEFAULTS: FitViewOptions = {
  format: 'table',
  table: 'both',
  rows: DEFAULT_ROWS,
  colorLevel: 0,
  width: DEFAULT_WIDTH,
  gates: [],
};

/** A fit as text. @param given what is left out: both tables in 80 columns, without colour */
export async function renderFit(
  report: FitReport,
  given: Partial<FitViewOptions> = {},
): Promise<Iterable<string>> {
  return render('fit', report, { ...DEFAULTS, ...given });
}
