import { UsageError } from '../../errors.js';
import { openOutputFile } from '../../output/open-output.js';
import type { OutputFile } from '../../output/output-file.js';
import { temporaryFiles } from './temporary-files.js';

/** Opens a path for a result, to be called before the long work. @throws UsageError for `-`; DataError where no file can be written */
export async function openOutput(path: string): Promise<OutputFile> {
  if (path === '-') {
    throw new UsageError(
      'an output file cannot be -: leave the option out for standard output, or name a file',
    );
  }
  return openOutputFile(path, temporaryFiles());
}
