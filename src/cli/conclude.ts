import type { GateResult } from '../gates/gate.js';
import type { CheckReport } from '../report/check.js';
import type { Shown } from '../report/render.js';
import type { Presentation } from './flags/presentation.js';
import type { Reports } from './flags/reports.js';
import { show } from './show.js';
import { screenOf, type Terminal } from './streams/terminal.js';
import { tellGates } from './verdict.js';

/** What a result is shown with. */
interface Conclusion<C extends 'fit' | 'evaluate' | 'diff'> {
  readonly output: Presentation;
  readonly table: Shown[C][1]['table'];
  readonly gates: readonly GateResult[];
  /** The content of reports for CI; loaded and built only if one is wanted. */
  readonly checks: () => Promise<CheckReport>;
}

/** The final steps of commands with gates: show the result, write reports, print failed gates. */
export async function conclude<C extends 'fit' | 'evaluate' | 'diff'>(
  command: C,
  result: Shown[C][0],
  { output, table, gates, checks }: Conclusion<C>,
  reports: Reports,
  terminal: Terminal,
): Promise<void> {
  const { format, rows, color, quiet } = output;
  await show(
    command,
    result,
    { format, table, rows, gates, ...screenOf(terminal, color) } as Shown[C][1],
    terminal,
  );
  if (reports.wanted) await reports.write(await checks());
  tellGates(gates, quiet, terminal.stderr);
}
