import { Writable } from 'node:stream';
import type { Terminal } from '../../src/cli/streams/terminal.js';

/** A terminal for command lines run in this process, which shows nothing of them. */
export function silentTerminal(): Terminal {
  const silent = () => Object.assign(new Writable({ write: (_c, _e, done) => done() }), { isTTY: false });
  return { stdin: process.stdin, stdout: silent(), stderr: silent(), env: {} } as unknown as Terminal;
}
