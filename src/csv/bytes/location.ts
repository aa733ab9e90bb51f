import { shown } from '../../visible.js';

/** How messages name a place in a file. */
export function place(source: string, line: number, column?: string): string {
  const position = `${source}:${line}`;
  return column === undefined ? position : `${position}: column ${shown(column)}`;
}
