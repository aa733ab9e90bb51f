import type { Writable } from 'node:stream';
import { type ColorChoice, type ColorLevel, colorLevel } from './color.js';

/** The parts of `process` that the command line uses; a thread has its own, and a test can pass its own. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A stream that may lead to a terminal, which has a width then. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The width of the terminal in columns; COLUMNS counts where the output is no terminal, else 80. */
export function widthOf(terminal: Terminal): number {
  const fromEnv = Number(terminal.env.COLUMNS);
  const usable = Number.isInteger(fromEnv) && fromEnv > 0 ? fromEnv : 80;
  return terminal.stdout.columns || usable;
}

/** The terminal as a renderer sees it: its width, and the colours that standard output gets. */
export function screenOf(
  terminal: Terminal,
  color: ColorChoice,
): { readonly width: number; readonly colorLevel: ColorLevel } {
  return {
    width: widthOf(terminal),
    colorLevel: colorLevel(color, terminal.env, terminal.stdout.isTTY === true),
  };
}
