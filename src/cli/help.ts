import { type Command, type Flag, GENERAL_FLAGS } from './command.js';
import { COMMANDS } from './commands.js';
import { EXIT_CODE_TABLE } from './exit-codes.js';

const WIDTH = 80;
const INDENT = 26;

/** The help of `shrinkfit --help`. */
export function programHelp(): string {
  return sections([
    'Usage: shrinkfit COMMAND [options]',
    wrap('Ridge and lasso regression paths from a CSV file: exact, certified, reproducible.', 0),
    `Commands:\n${COMMANDS.map((entry) => `  ${entry.synopsis}\n${wrap(entry.summary, 6)}`).join('\n')}`,
    `Options:\n${GENERAL_FLAGS.map(flagLines).join('\n')}`,
    `Examples:\n  shrinkfit fit sales.csv --target price\n  shrinkfit fit --help`,
    exitCodes(),
  ]);
}

/** The help of one command: usage, options by group, examples, exit codes. */
export function commandHelp(command: Command): string {
  return sections([
    `Usage: shrinkfit ${command.name} ${command.usage}`,
    ...command.description.split('\n\n').map((paragraph) => wrap(paragraph, 0)),
    ...command.groups.map((group) => `${group.title}:\n${group.flags.map(flagLines).join('\n')}`),
    `General:\n${GENERAL_FLAGS.map(flagLines).join('\n')}`,
    `Examples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
    exitCodes(),
  ]);
}

function sections(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

function flagLines(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const value = flag.value === undefined ? '' : ` ${flag.value}`;
  return entryLines(`  ${short}--${flag.name}${value}`, flag.text, INDENT);
}

function exitCodes(): string {
  return `Exit codes:\n${EXIT_CODE_TABLE.map(([code, meaning]) => entryLines(`  ${code}`, meaning, 7)).join('\n')}`;
}

/** A head with its text to the right, or below if the head is too long. */
function entryLines(head: string, text: string, indent: number): string {
  const body = wrap(text, indent);
  return head.length > indent - 2 ? `${head}\n${body}` : head + body.slice(head.length);
}

/** Greedy line filling to 80 columns. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((each) => ' '.repeat(indent) + each).join('\n');
}
