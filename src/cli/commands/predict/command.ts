import { availableParallelism } from 'node:os';
import type { ByteSource } from '../../../csv/bytes/source.js';
import { UsageError } from '../../../errors.js';
import type { PredictOptions } from '../../../model/predict/predict-stream.js';
import type { Tally } from '../../../model/predict/tally.js';
import { LazyEngine } from '../../../runtime/lazy-engine.js';
import { shown } from '../../../visible.js';
import { counted } from '../../../words.js';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-codes.js';
import { readingOptions } from '../../flags/reading.js';
import { threadsGiven } from '../../flags/threads.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import { openResult } from '../../streams/output.js';
import type { Terminal } from '../../streams/terminal.js';
import { numberIn } from '../../values/number.js';
import { PREDICT_FLAGS } from './flags.js';

/** `shrinkfit predict`: CSV in, the same CSV with prediction columns out. */
export const predictCommand: Command = {
  name: 'predict',
  operands: ['MODEL', 'FILE'],
  usage: 'MODEL FILE [options]',
  description: `Score the rows of a CSV file with a model saved by fit --save. The file is copied byte for byte, with one more column (prediction) for a gaussian model, or two (probability of the positive class, and class) for a binomial one. Rows are streamed, in constant memory.

FILE is a CSV file, gzipped or not. MODEL or FILE may be - for standard input; the output is UTF-8. Columns are found by name, in any order. The target is not needed, and columns that the model does not know are ignored. Columns with a zero coefficient may be absent; if a numeric one is present, its cells must still be numbers or missing. The offset is needed.

The model decides about a missing cell: it is filled from the training rows (--missing mean or median), leaves the new cells empty (drop) or is an error (error). A level not seen in training is scored as no known level.`,
  groups: PREDICT_FLAGS,
  examples: [
    'shrinkfit fit fixtures/diabetes.csv -t target --save model.json',
    'shrinkfit predict model.json fixtures/diabetes.csv > scored.csv',
    'shrinkfit predict model.json new.csv.gz --only -o predictions.csv',
    'zcat new.csv.gz | shrinkfit predict model.json - --strict | head',
  ],
  run: runPredict,
};

async function runPredict(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const options = predictOptions(given);
  const threads = threadsGiven(given);
  const [modelFile, file] = given.operands;
  const { readModel } = await import('../../streams/read-model.js');
  const model = await readModel(modelFile, terminal);
  if (given.has('threshold') && model.target.classes === null) {
    throw new UsageError('--threshold divides two classes, but this model predicts numbers: leave it out');
  }
  const engine = new LazyEngine(threads ?? availableParallelism());
  const output = await openResult(given.text('output'), terminal.stdout);
  try {
    const { predictStream } = await import('../../../model/predict/predict-stream.js');
    const source = await sourceOf(file, terminal);
    const write = (bytes: Uint8Array) => output.write(bytes);
    const tally = await predictStream(model, source, options, write, { engine: engine.get });
    await output.commit();
    if (!given.has('quiet')) for (const line of describeTally(tally)) tell(terminal.stderr, line);
    return EXIT.done;
  } finally {
    engine.close();
    await output.abandon();
  }
}

const SHARE = { words: 'a number from 0 to 1', accepts: (value: number) => value >= 0 && value <= 1 };

/** @throws UsageError naming the option, its value and what is accepted */
function predictOptions(given: ParsedArguments): PredictOptions {
  return {
    reading: readingOptions(given),
    prefix: given.text('prefix') ?? '',
    threshold: given.parsed('threshold', numberIn(SHARE), 0.5),
    only: given.has('only'),
    strict: given.has('strict'),
  };
}

async function sourceOf(file: string, terminal: Terminal): Promise<ByteSource> {
  if (file === '-') return { name: '-', open: () => terminal.stdin };
  const { resolveOnce } = await import('../../../csv/bytes/source.js');
  return resolveOnce(file);
}

/** What some predictions depend on. */
function describeTally({ missing, unseen, unanswered }: Tally): string[] {
  const rows = (count: number) => counted(count, 'row');
  const column = (name: string) => `column ${shown(name)}`;
  return [
    ...[...missing].map(([name, count]) => `${column(name)}: ${rows(count)} with a missing cell`),
    ...[...unseen].map(
      ([name, count]) =>
        `${column(name)}: ${rows(count)} with a level not seen in training; it is scored as no known level`,
    ),
    ...(unanswered > 0
      ? [`${rows(unanswered)} without a prediction: a cell is missing, and the model fills none`]
      : []),
  ];
}
