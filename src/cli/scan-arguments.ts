import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import type { Flag } from './command.js';

/**
 * Brings a command line into the one form that yargs reads without surprises: `--name="value"` for options,
 * `--name` for switches, operands behind `--`. Left to itself, yargs takes a lone `-` for an option and not for a value,
 * strips quotes that belong to the value, accepts unknown options, and turns a missing value into an empty one.
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
    const equals = arg.indexOf('=');
    const written = equals < 0 ? arg : arg.slice(0, equals);
    const flag = findFlag(written, flags, command);
    if (flag.value === undefined) {
      if (equals >= 0) throw new UsageError(`${written} takes no value, got ${shown(arg.slice(equals + 1))}`);
      options.push(`--${flag.name}`);
    } else {
      const value = equals < 0 ? valueAfter(args, ++i, written, flag) : arg.slice(equals + 1);
      if (value === '') throw new UsageError(`${written} needs a value (${flag.value}), got an empty one`);
      options.push(`--${flag.name}="${value}"`);
    }
  }
  return [...options, '--', ...operands];
}

function findFlag(written: string, flags: readonly Flag[], command: string): Flag {
  const found = flags.find((flag) => written === `--${flag.name}` || written === `-${flag.short}`);
  if (found !== undefined) return found;
  const joined = flags.find((flag) => !written.startsWith('--') && written[1] === flag.short);
  const hint =
    joined === undefined
      ? didYouMean(
          written,
          flags.map((flag) => `--${flag.name}`),
        )
      : `; short options stand alone: ${apart(written.slice(1), flags)};`;
  throw new UsageError(`unknown option ${shown(written)}${hint || ';'} see shrinkfit ${command} --help`);
}

/** `qp` as `-q -p VALUE`, `p0.5` as `-p 0.5`: letters are switches up to the first that takes a value. */
function apart(letters: string, flags: readonly Flag[]): string {
  const words: string[] = [];
  for (let k = 0; k < letters.length; k++) {
    const flag = flags.find(({ short }) => short === letters[k]);
    if (flag === undefined) return [...words, `-${letters.slice(k)}`].join(' ');
    words.push(`-${letters[k]}`);
    if (flag.value !== undefined) return [...words, letters.slice(k + 1) || flag.value].join(' ');
  }
  return words.join(' ');
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
