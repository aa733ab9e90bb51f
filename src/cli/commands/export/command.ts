import { UsageError } from '../../../errors.js';
import { EXPORT_LANGUAGES, type ExportRequest, SQL_DIALECTS } from '../../../export/export-request.js';
import { shown } from '../../../visible.js';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-codes.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { tell } from '../../streams/messages.js';
import { writeOut } from '../../streams/output.js';
import type { Terminal } from '../../streams/terminal.js';
import { choiceOf } from '../../values/choice.js';
import { EXPORT_FLAGS } from './flags.js';

/** `shrinkfit export`: the model for use elsewhere. */
export const exportCommand: Command = {
  name: 'export',
  operands: ['MODEL'],
  usage: 'MODEL --to sql|js|python|r [options]',
  description: `Write a saved model as a program that needs no package: a SQL query, an ES module, a Python module (standard library only), or a script for base R. Each adds up the same terms as the model, in the same order.

MODEL is a file of shrinkfit fit --save, or - for standard input. A comment at the top of the result says what it expects and how it treats missing cells and unseen categories. Names that a language cannot express are refused.`,
  groups: EXPORT_FLAGS,
  examples: [
    'shrinkfit export model.json --to sql --dialect duckdb --table patients',
    'shrinkfit export model.json --to js -o model.mjs',
    'shrinkfit export model.json --to python -o model.py',
    'shrinkfit export model.json --to r -o model.R',
  ],
  run: runExport,
};

async function runExport(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const request = exportRequest(given);
  await writeOut(given.text('output'), terminal, async () => {
    const { readModel } = await import('../../streams/read-model.js');
    const { exportModel } = await import('../../../export/export-model.js');
    const model = await readModel(given.operands[0], terminal);
    if (!model.certificate.certified) {
      tell(
        terminal.stderr,
        'warning: the model is not certified: its fit did not reach the optimum, or there is none; see shrinkfit verify',
      );
    }
    return [await exportModel(model, request)];
  });
  return EXIT.done;
}

function exportRequest(given: ParsedArguments): ExportRequest {
  const to = given.parsed('to', choiceOf(EXPORT_LANGUAGES), null);
  if (to === null) throw new UsageError(`--to is missing: one of ${EXPORT_LANGUAGES.join(', ')}`);
  const dialect = given.parsed('dialect', choiceOf(SQL_DIALECTS), 'postgres');
  const table = given.parsed('table', parseTable, 'data');
  if (to === 'sql') return { to, dialect, table, expression: given.has('expression') };
  return { to };
}

function parseTable(flag: string, text: string): string {
  if (!text.split('.').includes('')) return text;
  throw new UsageError(`${flag} ${shown(text)}: expected TABLE or SCHEMA.TABLE`);
}
