import { DataError, UsageError } from '../../errors.js';
import type { Gate } from '../../gates/gate.js';
import { parseGate } from '../../gates/parse-gate.js';
import { resolveGate } from '../../gates/resolve-gate.js';
import type { GateNames } from '../../gates/scope.js';
import { shown } from '../../visible.js';
import type { Flag } from '../command.js';
import type { ParsedArguments } from '../parsed-arguments.js';

/** The options of a command with gates, except `--require`, whose examples depend on the command. */
export const GATE_FLAGS: readonly Flag[] = [
  {
    name: 'warn',
    value: 'EXPR',
    repeatable: true,
    text: 'As --require, but only warn on standard error. Repeatable.',
  },
  {
    name: 'gates',
    value: 'FILE',
    file: 'read',
    repeatable: true,
    text: 'Take gates from a JSON file: { "require": [...], "warn": [...] }, or a package.json with them under "shrinkfit": { "gates": ... }. Repeatable.',
  },
];

/**
 * The gates of `--require`, `--warn` and `--gates`, in this order, with their names checked.
 *
 * @param names the figures and functions that a gate of this command may name, as far as known before the work
 * @throws UsageError for a gate or a file that is wrong, DataError for a file that cannot be read
 */
export async function gatesGiven(given: ParsedArguments, names: GateNames): Promise<readonly Gate[]> {
  const typed = (['require', 'warn'] as const).flatMap((level) =>
    given.texts(level).map((text) => parseGate(text, { level, origin: `--${level}` })),
  );
  const files = await Promise.all(given.texts('gates').map(readGates));
  const gates = [...typed, ...files.flat()];
  for (const gate of gates) resolveGate(gate, names);
  return gates;
}

async function readGates(path: string): Promise<readonly Gate[]> {
  if (path === '-') throw new UsageError('--gates - : gates can only be read from a file; name it');
  const { readWhole } = await import('../../csv/bytes/pipe.js');
  const bytes = await readWhole(path).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(`--gates ${shown(path)}: cannot be read (${error.code}); check the path`);
  });
  const { parseGatesFile } = await import('../../gates/parse-gates-file.js');
  return parseGatesFile(bytes.toString('utf8'), path);
}
