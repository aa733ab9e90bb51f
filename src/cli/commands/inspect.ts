import { UsageError } from '../../errors.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { choiceOf } from '../parsers/choice.js';
import { colorLevel } from '../streams/color.js';
import { type Terminal, widthOf } from '../streams/terminal.js';
import { writeOut } from '../streams/write-out.js';
import { INSPECT_FLAGS } from './inspect-flags.js';
import { presentation } from './presentation.js';

const TABLES = ['coefficients', 'schema'] as const;

/** `shrinkfit inspect`: a model for reading. */
export const inspectCommand: Command = {
  name: 'inspect',
  operands: ['MODEL'],
  usage: 'MODEL [options]',
  description: `Show what a saved model is: its equation, its coefficients in both scales, the columns that it expects, the problem that it solves and how well, and its error beside that of a model without features.

MODEL is a file of shrinkfit fit --save. Its JSON is the file itself, checked.`,
  groups: INSPECT_FLAGS,
  examples: [
    'shrinkfit inspect model.json',
    'shrinkfit inspect model.json --format markdown -o MODEL.md',
    'shrinkfit inspect model.json --format csv --table schema',
  ],
  run: runInspect,
};

async function runInspect(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { format, rows, color } = presentation(given);
  const table = given.parsed('table', choiceOf(TABLES), 'both');
  if (format === 'json' && table !== 'both') {
    throw new UsageError(
      '--table chooses what table, markdown and csv show, but json holds everything: leave it out',
    );
  }
  const output = given.text('output');
  await writeOut(output, terminal, async () => {
    const { loadModel } = await import('../../model/load-model.js');
    const { renderInspect } = await import('../../report/render-inspect.js');
    return renderInspect(await loadModel(given.operands[0]), {
      format,
      table,
      rows,
      width: widthOf(terminal),
      colorLevel: colorLevel(color, terminal.env, output === null && terminal.stdout.isTTY === true),
    });
  });
  return EXIT.done;
}
