import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import { place } from '../bytes/location.js';

/** Checks that column names are unique and not empty. Throws DataError that says the number of the column. */
export function checkHeader(names: readonly string[], source: string, line: number): void {
  const seen = new Map<string, number>();
  const at = (index: number) => `${place(source, line)}: column ${index + 1}`;
  names.forEach((name, index) => {
    if (name.trim() === '') {
      throw new DataError(
        `${at(index)} has no name; name it in the header, or say --no-header if there is none`,
      );
    }
    const other = seen.get(name);
    if (other !== undefined) {
      throw new DataError(`${at(index)} is named ${shown(name)} like column ${other}; rename one of them`);
    }
    seen.set(name, index + 1);
  });
}

/** Names for the columns of a file without header: x1, x2, ... */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x${index + 1}`);
}
