import type { ParsedArguments } from './parsed-arguments.js';
import type { Terminal } from './streams/terminal.js';

/** One option of a command. It is a switch when it has no `value`. */
export interface Flag {
  /** Without the dashes; `no-...` switches are flags of their own. */
  readonly name: string;
  readonly short?: string;
  /** What the help calls the value, such as `COL`. */
  readonly value?: string;
  /** May be given more than once. */
  readonly repeatable?: true;
  /** An empty value means something. */
  readonly mayBeEmpty?: true;
  readonly text: string;
  /** What happens to the file that the value names; absent: it names none. */
  readonly file?: 'read' | 'written';
  /** The file in a value that says more, such as `junit=FILE`; null where there is none. Absent: the value is the file. */
  readonly fileIn?: (value: string, env: Terminal['env']) => string | null;
}

/** Options that are shown together in the help. */
export interface FlagGroup {
  readonly title: string;
  readonly flags: readonly Flag[];
}

/** A subcommand: what the help says about it, and what it does. One a file, in `commands/`. */
export interface Command {
  readonly name: string;
  /** The operands on the usage line, one word each: `FILE`. Each is a file to read. */
  readonly operands: readonly string[];
  /** The usage line after the command's name. */
  readonly usage: string;
  readonly description: string;
  readonly groups: readonly FlagGroup[];
  readonly examples: readonly string[];
  /** @returns the exit code; expected failures are thrown */
  run(given: ParsedArguments, terminal: Terminal): Promise<number>;
}

/** All options of a command, `--help` and `--version` included. */
export function flagsOf(command: Command): readonly Flag[] {
  return [...command.groups.flatMap((group) => group.flags), ...GENERAL_FLAGS];
}

/** Options that every command has. */
export const GENERAL_FLAGS: readonly Flag[] = [
  { name: 'help', short: 'h', text: 'Show this help.' },
  { name: 'version', short: 'V', text: 'Show the version.' },
];
