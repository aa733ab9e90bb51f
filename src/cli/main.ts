import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { VERSION } from '../version.js';
import { shown } from '../visible.js';
import { COMMANDS, type CommandEntry } from './commands.js';
import { refuseContradictions } from './contradictions.js';
import { EXIT } from './exit-codes.js';
import { reportFailure } from './failure.js';
import { commandHelp, programHelp } from './help.js';
import { refuseSharedFiles } from './shared-files.js';
import type { Terminal } from './streams/terminal.js';
import { drained, guardStreams, writeResult } from './streams/write-result.js';

/**
 * Runs the command line. When the promise resolves, the work is done and the streams are drained, so the process may be ended.
 *
 * @param args the words after `shrinkfit`
 * @returns the exit code
 */
export async function main(args: readonly string[], terminal: Terminal = process): Promise<number> {
  const { stdout, stderr } = terminal;
  guardStreams(stdout, stderr);
  const code = await runCommandLine(args, terminal);
  await Promise.all([drained(stdout), drained(stderr)]);
  return code;
}

/** Runs the command line on the thread that `supervise` has started, which ends it. */
export async function mainOnThread(args: readonly string[]): Promise<void> {
  const { connect } = await import('./thread/thread-terminal.js');
  const { terminal, done } = connect();
  done(await main(args, terminal));
}

/**
 * Runs the command line on any terminal, so several times in one process.
 *
 * @returns the exit code; what went wrong is said on the terminal's standard error
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    return reportFailure(error, terminal.stderr);
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const print = async (text: string) => {
    await writeResult(terminal.stdout, [text]);
    return EXIT.done;
  };
  if (args.length === 0) {
    terminal.stderr.write(programHelp());
    return EXIT.usage;
  }
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const asks = (...words: string[]) => words.some((word) => options.includes(word));
  const wantsHelp = args[0] === 'help' || asks('--help', '-h');
  const words = args[0] === 'help' ? args.slice(1).filter((word) => !word.startsWith('-')) : args;
  if (!wantsHelp && asks('--version', '-V')) return print(`${VERSION}\n`);
  if (wantsHelp && (words.length === 0 || words[0].startsWith('-'))) return print(programHelp());
  const command = await findCommand(words[0]).load();
  if (wantsHelp) return print(commandHelp(command));
  const { parseArguments } = await import('./parse-arguments.js');
  const given = parseArguments(args.slice(1), command);
  // Joined to other short options: -qh.
  if (given.has('help')) return print(commandHelp(command));
  if (given.has('version')) return print(`${VERSION}\n`);
  refuseContradictions(command.name, given);
  await refuseSharedFiles(command, given, terminal.env);
  return command.run(given, terminal);
}

function findCommand(word: string): CommandEntry {
  const found = COMMANDS.find((entry) => entry.name === word);
  if (found !== undefined) return found;
  if (word.startsWith('-')) {
    const near =
      didYouMean(word, ['--help', '--version']) || '; options follow the command: shrinkfit fit FILE ...;';
    throw new UsageError(`unknown option ${shown(word)}${near} see shrinkfit --help`);
  }
  const names = COMMANDS.map((entry) => entry.name);
  if (/\.csv(\.gz)?$/i.test(word)) {
    throw new UsageError(
      `unknown command ${shown(word)}; a command comes before the file: shrinkfit fit FILE --target COL`,
    );
  }
  const near = didYouMean(word, [...names, 'help']) || `; the commands are ${names.join(', ')};`;
  throw new UsageError(`unknown command ${shown(word)}${near} see shrinkfit --help`);
}
