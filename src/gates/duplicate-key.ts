const STRUCTURE = new Set('{}[]:,');

/** Structural characters, and whole strings, so that their content is not read as structure. */
function* words(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) {
    if (STRUCTURE.has(text[at])) yield text[at];
    else if (text[at] === '"') {
      const open = at++;
      while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      yield text.slice(open, at + 1);
    }
  }
}

/**
 * A key that an object of a JSON text has twice, or null. `JSON.parse` silently keeps the last one, so a file with two lists of rules, for
 * example after a merge, would lose one.
 *
 * @param text valid JSON. Cost: linear
 */
export function duplicateKey(text: string): string | null {
  const objects: (Set<string> | null)[] = [];
  let previous = '';
  for (const word of words(text)) {
    if (word === '{') objects.push(new Set());
    else if (word === '[') objects.push(null);
    else if (word === '}' || word === ']') objects.pop();
    else if (word === ':') {
      const key = JSON.parse(previous) as string;
      const keys = objects.at(-1)!;
      if (keys!.has(key)) return key;
      keys!.add(key);
    }
    previous = word;
  }
  return null;
}
