import { totalmem } from 'node:os';

/** Bytes of memory that this process may have: the machine's, or less where a container has a limit. */
export function machineMemory(): number {
  // Without a limit it is missing, 0, or an impossibly large number.
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
