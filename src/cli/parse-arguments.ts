import { Parser } from 'yargs/helpers';
import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import { type Command, type Flag, flagsOf } from './command.js';
import { ParsedArguments } from './parsed-arguments.js';

/**
 * Reads the words after a command's name: `--name value`, `--name=value`, `-n value`, `-nvalue`, joined short options (`-qp ridge`), `--`
 * before operands.
 *
 * yargs finds which word belongs to which option. It sees references (`:0`, `:1`) in place of values and operands: of the texts themselves
 * it would strip quotes, take `-` and `-x.csv` for options and `true` for the value of a switch. It would also accept unknown
 * options, give an empty text where a value is missing, and drop the value of a switch, so these are refused before.
 *
 * @throws UsageError naming the option and the remedy
 */
export function parseArguments(args: readonly string[], command: Command): ParsedArguments {
  const flags = flagsOf(command);
  const texts: string[] = [];
  const reference = (text: string) => `:${texts.push(text) - 1}`;
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const words = args.map((arg, i) => {
    if (i === end) return arg;
    if (i > end || !isOption(arg)) return reference(arg);
    const { written, flag, letters, value } = optionIn(arg, flags, command.name);
    if (flag.value !== undefined) checkValue(written, flag, value ?? args[i + 1], value !== null);
    else if (value !== null) throw new UsageError(`${written} takes no value, got ${shown(value)}`);
    return value === null ? letters : `${letters}=${reference(value)}`;
  });
  const parsed = Parser(words, {
    string: flags.filter((flag) => flag.value !== undefined).map((flag) => flag.name),
    boolean: flags.filter((flag) => flag.value === undefined).map((flag) => flag.name),
    alias: Object.fromEntries(flags.map(({ name, short }) => [name, short ?? []])),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'parse-positional-numbers': false,
    },
  });
  const textsOf = (given: unknown) => [given].flat().map((word) => texts[Number(String(word).slice(1))]);
  const given = flags.filter(({ name }) => parsed[name] !== undefined);
  const values = given.map(
    ({ name, value }) => [name, value === undefined ? [] : textsOf(parsed[name])] as const,
  );
  return new ParsedArguments(checkedOperands(textsOf(parsed._), command), new Map(values));
}

/** The last option in a word, the only one that can have a value there. */
interface Option {
  /** As a message calls it: `--penalty`, `-p`. */
  readonly written: string;
  readonly flag: Flag;
  /** The word without the value: `--penalty`, `-p`, `-qp`. */
  readonly letters: string;
  /** null where the word holds none. */
  readonly value: string | null;
}

function optionIn(arg: string, flags: readonly Flag[], command: string): Option {
  const [, name, , text = null] = /^([^=]*)(=(.*))?$/s.exec(arg)!;
  const named = flags.find((flag) => name === `--${flag.name}`);
  if (named !== undefined) return { written: name, flag: named, letters: name, value: text };
  // One dash before a long name is a slip: -target is not -t arget.
  const isSlip = flags.some((flag) => name === `-${flag.name}`);
  const joined = isSlip || arg.startsWith('--') ? null : joinedOption(arg, flags);
  if (joined !== null) return joined;
  const hint = didYouMean(
    isSlip ? `-${name}` : name,
    flags.map((flag) => `--${flag.name}`),
  );
  throw new UsageError(`unknown option ${shown(name)}${hint || ';'} see shrinkfit ${command} --help`);
}

/** Letters are switches up to the first that takes a value, which the rest of the word is; null where a letter is unknown. */
function joinedOption(arg: string, flags: readonly Flag[]): Option | null {
  for (let k = 1; k < arg.length; k++) {
    const flag = flags.find(({ short }) => short === arg[k]);
    if (flag === undefined) return null;
    const rest = arg.slice(k + 1);
    if (rest !== '' && flag.value === undefined && !rest.startsWith('=')) continue;
    const value = rest === '' ? null : rest.replace(/^=/, '');
    return { written: `-${arg[k]}`, flag, letters: arg.slice(0, k + 1), value };
  }
  return null;
}

/** Refuses a missing or empty value; one in the word after the option may not look like an option. */
function checkValue(written: string, flag: Flag, value: string | undefined, isInWord: boolean): void {
  const name = flag.value!;
  if (value === undefined) throw new UsageError(`${written} needs a value: ${written} ${name}`);
  if (value === '' && !flag.mayBeEmpty) {
    throw new UsageError(`${written} needs a value (${name}), got an empty one`);
  }
  if (isInWord || !isOption(value)) return;
  throw new UsageError(
    `${written} needs a value (${name}), but ${shown(value)} follows; a value that starts with - is written ${written}=VALUE`,
  );
}

/** A lone `-` is standard input, and `-5` is a number. */
function isOption(arg: string): boolean {
  return /^-[^\d.]/.test(arg);
}

function checkedOperands(given: readonly string[], command: Command): readonly string[] {
  const wanted = command.operands;
  if (given.length < wanted.length || given.includes('')) {
    const missing = wanted[Math.min(given.length, wanted.length - 1)];
    throw new UsageError(`${missing} is missing: shrinkfit ${command.name} ${command.usage}`);
  }
  if (given.length > wanted.length) {
    throw new UsageError(
      `${command.name} takes ${wanted.join(' ')}, but ${shown(given[wanted.length])} follows; quote names that contain spaces`,
    );
  }
  return given;
}
