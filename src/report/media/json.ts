import { jsonText } from '../../visible.js';

/**
 * An object as JSON text: a line for each key, and for each item of its lists, so that two results can be compared line by line and a
 * long list never is a single string. Iterables other than arrays are lists too, written as they come.
 * @param onOneLine keys of short lists
 */
export function* jsonLines(
  entries: Iterable<readonly [key: string, value: unknown]>,
  onOneLine: readonly string[] = [],
): Generator<string> {
  let before = '{\n';
  for (const [key, value] of entries) {
    yield `${before}  ${jsonText(key)}: `;
    if (isList(value) && !onOneLine.includes(key)) yield* items(value);
    else yield jsonText(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function* items(list: Iterable<unknown>): Generator<string> {
  let before = '[\n    ';
  for (const item of list) {
    yield before + jsonText(item);
    before = ',\n    ';
  }
  yield before.startsWith(',') ? '\n  ]' : '[]';
}
