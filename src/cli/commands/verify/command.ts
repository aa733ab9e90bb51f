import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Model } from '../../../model/model.js';
import { readingFor } from '../../../model/score/reading.js';
import { formatFigure } from '../../../report/text/format-number.js';
import { LazyEngine } from '../../../runtime/lazy-engine.js';
import type { VerifyReport } from '../../../verification/report.js';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-codes.js';
import { presentation } from '../../flags/presentation.js';
import { readingOptions } from '../../flags/reading.js';
import { threadsGiven } from '../../flags/threads.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { show } from '../../show.js';
import { tell } from '../../streams/messages.js';
import { readModel } from '../../streams/read-model.js';
import { screenOf, type Terminal } from '../../streams/terminal.js';
import { numberIn } from '../../values/number.js';
import { VERIFY_FLAGS } from './flags.js';

/** `shrinkfit verify`: is this model the optimum of that file? */
export const verifyCommand: Command = {
  name: 'verify',
  operands: ['MODEL', 'FILE'],
  usage: 'MODEL FILE [options]',
  description: `Is a saved model the optimum of its training file, yes (exit code 0) or no (1)? The digest of the data, the split, the standardization, the certificate and everything else in the model are recomputed from FILE, without fitting, in two passes over the data. FILE may be gzipped; MODEL or FILE may be - for standard input.

Each check is shown with what the model says and what the file says. A model whose fit was not certified is not an optimum. Test rows from another file, and which lambda was selected, are not checked; the output says so.`,
  groups: VERIFY_FLAGS,
  examples: ['shrinkfit verify model.json train.csv', 'shrinkfit verify model.json train.csv.gz --json'],
  run: runVerify,
};

const BETWEEN = { words: 'a number above 0 and below 1', accepts: (value: number) => value > 0 && value < 1 };

async function runVerify(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const [path, file] = given.operands;
  const { format, color } = presentation(given);
  const reading = readingOptions(given);
  const tolerance = given.parsed('tolerance', numberIn(BETWEEN), null);
  const threads = threadsGiven(given) ?? availableParallelism();
  const model = await readModel(path, terminal);
  const engine = new LazyEngine(threads);
  const report = await verified(model, { path, file, reading, tolerance }, engine, terminal);
  await show('verify', report, { format, gates: [], ...screenOf(terminal, color) }, terminal);
  if (report.verified) return EXIT.done;
  const failed = report.checks
    .filter(({ passed }) => !passed)
    .map(({ code }) =>
      code === 'certificate' ? `certificate (tolerance ${formatFigure(report.tolerance)})` : code,
    );
  tell(
    terminal.stderr,
    `${basename(path)} is not the optimum of ${report.data.source}: ${failed.join(', ')}`,
  );
  return EXIT.checkFailed;
}

interface VerifyRequest {
  readonly path: string;
  readonly file: string;
  readonly reading: ReturnType<typeof readingOptions>;
  readonly tolerance: number | null;
}

async function verified(
  model: Model,
  { path, file, reading, tolerance }: VerifyRequest,
  engine: LazyEngine,
  { stdin }: Terminal,
): Promise<VerifyReport> {
  const { readCsv, bufferedInput } = await import('../../../csv/read-csv.js');
  const { verifyModel } = await import('../../../verification/verify.js');
  const input = file === '-' ? bufferedInput('-', stdin) : file;
  try {
    const table = await readCsv(input, { ...readingFor(model, reading), engine: engine.get });
    return verifyModel(model, table, { source: basename(path), tolerance, engine: engine.get });
  } finally {
    engine.close();
  }
}
