import { fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UsageError } from '../errors.js';
import { shown } from '../visible.js';
import { type Command, type Flag, flagsOf } from './command.js';
import type { ParsedArguments } from './parsed-arguments.js';
import type { Terminal } from './streams/terminal.js';

/** A file that a command line names. */
interface NamedFile {
  /** As a message names it: the word of the command line, and the path. */
  readonly words: string;
  readonly path: string;
  readonly use: 'read' | 'written';
}

/** The same with the identity of the file. */
interface FoundFile extends NamedFile {
  readonly identity: string;
  readonly isStream: boolean;
}

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

/**
 * Refuses a command line whose output would replace an input or another output, or two inputs that would share standard input. Files are
 * compared by device and inode, so links and other spellings of a path are recognised; a file that does not exist yet, by its directory and
 * name. Standard input and output count if they are files. Pipes and devices may be named several times.
 *
 * @throws UsageError naming both
 */
export async function refuseSharedFiles(
  command: Command,
  given: ParsedArguments,
  env: Terminal['env'],
): Promise<void> {
  const named = namedFiles(command, given, env);
  refuseSharedInput(named);
  const outputs: NamedFile[] = [
    { words: 'standard output', path: '-', use: 'written' },
    ...named.filter(({ use }) => use === 'written'),
  ];
  const inputs = await found(named.filter(({ use }) => use === 'read'));
  const written = await found(outputs);
  for (const [index, output] of written.entries()) {
    for (const other of [...inputs, ...written.slice(0, index)]) refuseSame(output, other);
  }
}

function namedFiles(command: Command, given: ParsedArguments, env: Terminal['env']): NamedFile[] {
  const operands = command.operands.map((word, index): NamedFile => {
    const path = given.operands[index];
    return { words: inWords(word, path), path, use: 'read' };
  });
  const options = flagsOf(command).flatMap((flag) => filesOf(flag, given.texts(flag.name), env));
  return [...operands, ...options];
}

function filesOf(flag: Flag, values: readonly string[], env: Terminal['env']): NamedFile[] {
  const { name, file: use, fileIn = (value: string) => value } = flag;
  if (use === undefined) return [];
  return values.flatMap((value) => {
    const path = fileIn(value, env);
    if (path === null || path === '') return [];
    const words = inWords(`--${name}`, value);
    return [{ words: value.includes(path) ? words : `${words} (${shown(path)})`, path, use }];
  });
}

function inWords(word: string, value: string): string {
  return value === '-' ? `${word} -` : `${word} ${shown(value)}`;
}

function refuseSharedInput(named: readonly NamedFile[]): void {
  const [one, other] = named.filter(({ path, use }) => path === '-' && use === 'read');
  if (other === undefined) return;
  throw new UsageError(
    `${one.words} and ${other.words} would both read standard input: give one of them by name`,
  );
}

function refuseSame(output: FoundFile, other: FoundFile): void {
  if (output.identity !== other.identity || (output.isStream && other.isStream && other.use === 'written')) {
    return;
  }
  const replaced =
    other.use === 'read' ? 'the result would replace the input' : 'one would replace the other';
  throw new UsageError(`${output.words} and ${other.words} are the same file, and ${replaced}: name another`);
}

/** The files that have content of their own, or will have. */
async function found(files: readonly NamedFile[]): Promise<FoundFile[]> {
  const all = await Promise.all(files.map(find));
  return all.filter((file) => file !== null);
}

async function find(file: NamedFile): Promise<FoundFile | null> {
  const { path, use } = file;
  if (path === '-') return findStandard(file);
  if (use === 'read') {
    const identity = await identityOf(path);
    return identity === null ? null : { ...file, identity, isStream: false };
  }
  const { followLinks, isStream } = await import('../output/open-output.js');
  const target = await followLinks(path).catch(() => path);
  const identity = (await identityOf(target)) ?? (await futureIdentity(target));
  return identity === null ? null : { ...file, identity, isStream: isStream(target) };
}

/** A redirected stream: `< data.csv`, `>> data.csv`. */
function findStandard(file: NamedFile): FoundFile | null {
  try {
    const stats = fstatSync(file.use === 'read' ? STANDARD_INPUT : STANDARD_OUTPUT, { bigint: true });
    return stats.isFile() ? { ...file, identity: `${stats.dev}:${stats.ino}`, isStream: true } : null;
  } catch {
    // A stream that is closed is no file.
    return null;
  }
}

/** Null for anything but a regular file. A file that cannot be examined is refused, with the reason, when it is opened. */
async function identityOf(path: string): Promise<string | null> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats?.isFile() ? `${stats.dev}:${stats.ino}` : null;
}

/** The identity of a path that does not exist yet: its directory and its name. */
async function futureIdentity(path: string): Promise<string | null> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const directory = isThere ? null : await stat(dirname(path), { bigint: true }).catch(() => null);
  return directory === null ? null : `${directory.dev}:${directory.ino}/${basename(path)}`;
}
