import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import type { Flag } from './command.js';

/**
 * Brings a command line into the one form that yargs reads without surprises: `--name="value"` for options,
 * `--name` for switches, operands behind `--`. Left to itself, yargs takes a lone `-` for an option and not for a value,
 * strips quotes that belong to the value, accepts unknown options, and turns a missing value into an empty one.
 *
 * Short options may be joined as POSIX has it: `-qp ridge` is `-q -p ridge`, `-l0.5` is `-l 0.5`.
 *
 * @throws UsageError for an unknown option, a missing or empty value, a value given to a switch
 */
export function scanArguments(args: readonly string[], flags: readonly Flag[], command: string): string[] {
  const options: string[] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!looksLikeOption(arg)) {
      operands.push(arg);
      continue;
    }
    for (const { written, flag, value } of optionsIn(arg, flags, command)) {
      if (flag.value === undefined) {
        if (value !== null) throw new UsageError(`${written} takes no value, got ${shown(value)}`);
        options.push(`--${flag.name}`);
        continue;
      }
      const text = value ?? valueAfter(args, ++i, written, flag);
      if (text === '') throw new UsageError(`${written} needs a value (${flag.value}), got an empty one`);
      options.push(`--${flag.name}="${text}"`);
    }
  }
  return [...options, '--', ...operands];
}

/** An option as it is written, and the value in the same word; null where there is none. */
interface Option {
  readonly written: string;
  readonly flag: Flag;
  readonly value: string | null;
}

function optionsIn(arg: string, flags: readonly Flag[], command: string): Option[] {
  const equals = arg.indexOf('=');
  const written = equals < 0 ? arg : arg.slice(0, equals);
  const value = equals < 0 ? null : arg.slice(equals + 1);
  const named = flags.find(({ name }) => written === `--${name}`);
  if (named !== undefined) return [{ written, flag: named, value }];
  // One dash before a long name is a slip: -target is not -t arget.
  const isSlip = flags.some(({ name }) => written === `-${name}`);
  const joined = written.startsWith('--') || isSlip ? null : joinedOptions(arg, flags);
  if (joined !== null) return joined;
  const names = flags.map(({ name }) => `--${name}`);
  const hint = didYouMean(isSlip ? `-${written}` : written, names);
  throw new UsageError(`unknown option ${shown(written)}${hint || ';'} see shrinkfit ${command} --help`);
}

/** Letters are switches up to the first that takes a value, which the rest of the word is; null where a letter is unknown. */
function joinedOptions(arg: string, flags: readonly Flag[]): Option[] | null {
  const found: Option[] = [];
  for (let k = 1; k < arg.length; k++) {
    const flag = flags.find(({ short }) => short === arg[k]);
    if (flag === undefined) return null;
    const rest = arg.slice(k + 1);
    const isLast = flag.value !== undefined || rest.startsWith('=');
    const value = rest === '' || !isLast ? null : rest.replace(/^=/, '');
    found.push({ written: `-${arg[k]}`, flag, value });
    if (isLast) break;
  }
  return found;
}

function valueAfter(args: readonly string[], index: number, written: string, flag: Flag): string {
  const value = args[index];
  if (value === undefined) throw new UsageError(`${written} needs a value: ${written} ${flag.value}`);
  if (!looksLikeOption(value) || isNegative(value)) return value;
  throw new UsageError(
    `${written} needs a value (${flag.value}), but ${shown(value)} follows; a value that starts with - is written ${written}=VALUE`,
  );
}

/** A lone `-` is standard input, an operand or a value. */
function looksLikeOption(arg: string): boolean {
  return arg.length > 1 && arg.startsWith('-');
}

function isNegative(text: string): boolean {
  return /^-[\d.]/.test(text);
}
