import { shown } from '../visible.js';

/** What a user should know about a fit that succeeded. */
export interface Warning {
  /** A stable word for programs, such as `rows-dropped`. */
  readonly code: string;
  readonly message: string;
}

/** Names shown in a warning before the rest is counted. */
const SHOWN = 8;

/** Collects what happened to the data and the fit that the user should know, in order. */
export class Warnings {
  readonly list: Warning[] = [];

  add(code: string, message: string): void {
    this.list.push({ code, message });
  }
}

/** `"a", "b" and 3 more`. */
export function listed(names: readonly string[]): string {
  const first = names
    .slice(0, SHOWN)
    .map((name) => shown(name))
    .join(', ');
  return names.length > SHOWN ? `${first} and ${names.length - SHOWN} more` : first;
}
