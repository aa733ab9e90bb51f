import type { CsvOptions } from '../../../csv/read-csv.js';
import type { FitOptions } from '../../../options/options.js';
import type { OutputRequest } from './output.js';

/** A command line of `fit`, read and checked before any file is opened. */
export interface FitRequest {
  readonly file: string;
  readonly testFile: string | null;
  readonly csv: CsvOptions;
  readonly options: FitOptions;
  /** Where the selected model goes; null for nowhere. */
  readonly save: string | null;
  readonly output: OutputRequest;
  /** null: as many as the machine has cores. */
  readonly threads: number | null;
}
