/** Longer words have no near ones: a name from a file may have a megabyte, and the cost is quadratic. */
const LONGEST = 200;

/**
 * The candidate that was probably meant by a misspelt word, or null when none is near.
 *
 * Near means an edit distance (insertions, deletions, substitutions, swaps of neighbours; upper and lower case are
 * alike) of at most a third of the longer word, so that short names are not "corrected" into unrelated ones. The first
 * of equally near candidates wins. Cost: the product of the two lengths for each candidate of similar length.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length > LONGEST) continue;
    const reach = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (Math.abs(word.length - candidate.length) > reach) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= reach && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean X?` for the end of a message, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** Optimal string alignment distance (Damerau-Levenshtein without overlapping swaps), three rows at a time. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, substituted);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) current[j] = Math.min(current[j], before[j - 2] + 1);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
