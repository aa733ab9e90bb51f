import { UsageError } from '../../../errors.js';
import { RECIPE_TOOLS, type RecipeTool } from '../../../export/export-request.js';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-codes.js';
import { presentation } from '../../flags/presentation.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { colorLevel } from '../../streams/color.js';
import { writeOut } from '../../streams/output.js';
import { type Terminal, widthOf } from '../../streams/terminal.js';
import { choiceOf } from '../../values/choice.js';
import { INSPECT_FLAGS } from './flags.js';

const TABLES = ['coefficients', 'schema'] as const;

/** `shrinkfit inspect`: a model for reading. */
export const inspectCommand: Command = {
  name: 'inspect',
  operands: ['MODEL'],
  usage: 'MODEL [options]',
  description: `Show a saved model: its equation, its coefficients in both scales, the columns that it expects, the problem and its certificate, and its error next to that of a model without features.

MODEL is a file of shrinkfit fit --save, or - for standard input. With --json the file itself is printed, after it was checked.`,
  groups: INSPECT_FLAGS,
  examples: [
    'shrinkfit inspect model.json',
    'shrinkfit inspect model.json --format markdown -o MODEL.md',
    'shrinkfit inspect model.json --format csv --table schema',
    'shrinkfit inspect model.json --recipe glmnet --data train.csv -o recipe.R',
  ],
  run: runInspect,
};

async function runInspect(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const recipe = given.parsed('recipe', choiceOf(RECIPE_TOOLS), null);
  if (recipe !== null) return writeRecipe(recipe, given, terminal);
  const { format, rows, color } = presentation(given);
  const table = given.parsed('table', choiceOf(TABLES), 'both');
  const output = given.text('output');
  await writeOut(output, terminal, async () => {
    const { readModel } = await import('../../streams/read-model.js');
    const { render } = await import('../../../report/render.js');
    return render('inspect', await readModel(given.operands[0], terminal), {
      format,
      table,
      rows,
      gates: [],
      width: widthOf(terminal),
      colorLevel: colorLevel(color, terminal.env, output === null && terminal.stdout.isTTY === true),
    });
  });
  return EXIT.done;
}

async function writeRecipe(tool: RecipeTool, given: ParsedArguments, terminal: Terminal): Promise<number> {
  const data = given.text('data');
  if (data === null) {
    throw new UsageError(
      '--recipe needs --data FILE, the training file: it shows which rows were trained on',
    );
  }
  if (data === '-') throw new UsageError('--data -: the script reads the file too, so give it by name');
  await writeOut(given.text('output'), terminal, async () => {
    const { readModel } = await import('../../streams/read-model.js');
    const { recipeFromFile } = await import('../../../export/recipe-from-file.js');
    return [await recipeFromFile(tool, await readModel(given.operands[0], terminal), data)];
  });
  return EXIT.done;
}
