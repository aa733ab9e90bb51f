import { Parser } from 'yargs/helpers';
import { UsageError } from '../errors.js';
import { shown } from '../visible.js';
import { type Command, type Flag, flagsOf } from './command.js';
import { ParsedArguments } from './parsed-arguments.js';
import { scanArguments } from './scan-arguments.js';

/**
 * Reads the words after a command's name.
 *
 * Every option is text to yargs: its numbers turn `abc` into NaN and an empty value into 0.
 *
 * @throws UsageError naming the option and the remedy
 */
export function parseArguments(args: readonly string[], command: Command): ParsedArguments {
  const flags = flagsOf(command);
  const parsed = Parser(scanArguments(args, flags, command.name), {
    string: flags.filter((flag) => flag.value !== undefined).map((flag) => flag.name),
    boolean: flags.filter((flag) => flag.value === undefined).map((flag) => flag.name),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
  });
  return new ParsedArguments(operandsOf(parsed._.map(String), command), valuesOf(parsed, flags));
}

function valuesOf(parsed: Record<string, unknown>, flags: readonly Flag[]): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { name, value } of flags) {
    const given = parsed[name];
    if (given === undefined || given === false) continue;
    values.set(name, value === undefined ? [] : Array.isArray(given) ? given : [given as string]);
  }
  return values;
}

function operandsOf(given: readonly string[], command: Command): readonly string[] {
  const wanted = command.operands;
  if (given.length < wanted.length || given.includes('')) {
    const missing = wanted[Math.min(given.length, wanted.length - 1)];
    throw new UsageError(`${missing} is missing: shrinkfit ${command.name} ${command.usage}`);
  }
  if (given.length > wanted.length) {
    throw new UsageError(
      `${shown(given[wanted.length])} is one too many: ${command.name} takes ${wanted.join(' ')}; quote names with spaces`,
    );
  }
  return given;
}
