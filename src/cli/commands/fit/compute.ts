import { availableParallelism } from 'node:os';
import type { Table } from '../../../csv/columns/table.js';
import { bufferedInput, type CsvInput, readCsv } from '../../../csv/read-csv.js';
import type { FitOutcome } from '../../../fit/fit.js';
import { checkFeatures } from '../../../gates/check-features.js';
import type { Gate } from '../../../gates/gate.js';
import { LazyEngine } from '../../../runtime/lazy-engine.js';
import { Progress } from '../../streams/progress.js';
import type { Terminal } from '../../streams/terminal.js';
import type { FitRequest } from './request.js';

/** The file of a request; standard input is kept in memory unchanged, so that it can be read again. */
export function inputOf({ file }: Pick<FitRequest, 'file'>, terminal: Terminal): CsvInput {
  return file === '-' ? bufferedInput('-', terminal.stdin) : file;
}

/**
 * Reads the file of a request and fits it, with progress on standard error.
 *
 * @param rules what they name must be in the file
 */
export async function computeFit(
  request: FitRequest,
  rules: readonly Gate[],
  input: CsvInput,
  terminal: Terminal,
): Promise<FitOutcome> {
  const engine = new LazyEngine(request.threads ?? availableParallelism());
  const progress = new Progress(terminal.stderr, request.output.quiet ? 'never' : request.output.progress);
  const onProgress = (done: number, total: number) => progress.update(done, total);
  try {
    const [table, testTable] = await readTables(request, input, terminal, engine);
    const { fitOutcome: sweep } = await import('../../../fit/fit.js');
    checkFeatures(
      rules,
      table.columns.map(({ name }) => name),
    );
    const metrics = showsAllMetrics(request, rules) ? 'all' : 'shown';
    return await sweep(table, request.options, { testTable, onProgress, engine: engine.get, metrics });
  } finally {
    progress.clear();
    engine.close();
  }
}

/** Whether metrics that no table shows are needed: by a program, a model file or a gate. */
function showsAllMetrics({ output, save }: FitRequest, rules: readonly Gate[]): boolean {
  return output.format === 'json' || output.format === 'csv' || save !== null || rules.length > 0;
}

async function readTables(
  request: FitRequest,
  input: CsvInput,
  terminal: Terminal,
  engine: LazyEngine,
): Promise<[Table, Table | null]> {
  const reading = { ...request.csv, engine: engine.get };
  const table = await readCsv(input, reading);
  if (request.testFile === null) return [table, null];
  // A text column of the training file is text in the test file too, even if its few cells there all look like numbers.
  const text = table.columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  const test = inputOf({ file: request.testFile }, terminal);
  return [table, await readCsv(test, { ...reading, text, mayLackColumns: true })];
}
