import { shown } from './visible.js';

/** Longer words get no suggestion: a name from a file may have a megabyte, and the cost is quadratic. */
const LONGEST = 200;

/**
 * Cells of the distance tables that are filled before the search gives up: a file may have a hundred thousand columns, and a hint is only a
 * courtesy.
 */
const MOST_CELLS = 20_000_000;

/**
 * The candidate that was probably meant by a misspelt word, or null when none is near.
 *
 * Near means an edit distance (insertions, deletions, substitutions, swaps of neighbours; upper and lower case are
 * alike) of at most a third of the longer word, so that short names are not "corrected" into unrelated ones. The first
 * of equally near candidates wins. Cost: for each candidate of similar length its length times the distance that still counts;
 * 2e7 in all, after which the best so far is taken.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  const spent = { cells: 0 };
  const lower = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (spent.cells > MOST_CELLS) break;
    if (candidate.length > LONGEST) continue;
    const near = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    const reach = Math.min(near, bestDistance - 1);
    if (Math.abs(word.length - candidate.length) > reach) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), reach, spent);
    if (distance > reach) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** `; did you mean X?` for the end of a message, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** What is said of a file that came out as one column though its header holds more. */
function undivided(names: readonly string[]): string | null {
  const [mark] = names.length === 1 ? (/[;|\t:^~]|\S\s+\S/.exec(names[0]) ?? []) : [];
  if (mark === undefined) return null;
  const [delimiter, columns] =
    /\s/.test(mark) && mark !== '\t'
      ? ['space', 'blanks divide']
      : [shown(mark), 'another character divides'];
  return `the file has one column, ${shown(names[0])}; if ${columns} its columns, say --delimiter ${delimiter}`;
}

/** "--target "aeg": no such column; did you mean "age"?" */
export function noColumn(flag: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  const first = names
    .slice(0, 8)
    .map((x) => shown(x))
    .join(', ');
  const rest = names.length > 8 ? ` and ${names.length - 8} more` : '';
  const all = `the columns are ${first}${rest}`;
  const hint = near === null ? (undivided(names) ?? all) : `did you mean ${shown(near)}?`;
  return `${flag} ${shown(name)}: no such column; ${hint}`;
}

/**
 * Optimal string alignment distance (Damerau-Levenshtein without overlapping swaps), three rows at a time; anything above
 * `reach` where it is more. Cells further than that from the diagonal cannot lie on a path that counts (Ukkonen 1985).
 */
function editDistance(a: string, b: string, reach: number, spent: { cells: number }): number {
  const far = reach + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far));
  for (let i = 1; i <= a.length; i++) {
    const current = new Array<number>(b.length + 1).fill(far);
    current[0] = Math.min(i, far);
    let least = current[0];
    const last = Math.min(b.length, i + reach);
    for (let j = Math.max(1, i - reach); j <= last; j++) {
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cell = Math.min(previous[j] + 1, current[j - 1] + 1, substituted, far);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cell = Math.min(cell, before[j - 2] + 1);
      current[j] = cell;
      least = Math.min(least, cell);
    }
    spent.cells += b.length + 1;
    // A swap reaches two rows back, so that one row beyond the reach is not the end.
    if (least > reach && previous.every((cell) => cell > reach)) return far;
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
