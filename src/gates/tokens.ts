import { shown } from '../visible.js';
import { COMPARISONS } from './gate.js';

/** A token of a gate; `at` is its position, from 1. The text of a string is its value, without quotes. */
export interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Where no token could be read, and why. */
export interface Stumble {
  readonly at: number;
  readonly why: string;
}

/** More tokens than any rule needs; together with the limit on nesting it keeps a hostile rule from exhausting the stack. */
const MOST_WORDS = 1000;

const WORD = /((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|==|!=|[<>+\-*/(),])/y;
const SPACE = /\s*/y;

/** Splits a gate into tokens, the last one `end`, or says where that failed. Linear in the length. */
export function tokenize(text: string): readonly Token[] | Stumble {
  const tokens: Token[] = [];
  for (let position = afterSpace(text, 0); position < text.length; position = afterSpace(text, position)) {
    if (tokens.length === MOST_WORDS) return { at: position + 1, why: `more than ${MOST_WORDS} words` };
    const quote = text[position];
    const next = quote === '"' || quote === "'" ? quoted(text, position) : word(text, position);
    if ('why' in next) return next;
    tokens.push(next.token);
    position = next.end;
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

function afterSpace(text: string, position: number): number {
  SPACE.lastIndex = position;
  return position + SPACE.exec(text)![0].length;
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function word(text: string, position: number): Found | Stumble {
  WORD.lastIndex = position;
  const match = WORD.exec(text);
  if (match === null) {
    const character = String.fromCodePoint(text.codePointAt(position)!);
    return { at: position + 1, why: `unexpected ${shown(character)}` };
  }
  const [whole, number, name] = match;
  const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol';
  return { token: { kind, text: whole, at: position + 1 }, end: position + whole.length };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A string in quotes of either kind, with the escapes of JSON. Other characters mean themselves. */
function quoted(text: string, position: number): Found | Stumble {
  const quote = text[position];
  const pieces: string[] = [];
  for (let k = position + 1; k < text.length; ) {
    const end = nextOf(text, quote, k);
    pieces.push(text.slice(k, end));
    if (text[end] === quote) {
      return { token: { kind: 'string', text: pieces.join(''), at: position + 1 }, end: end + 1 };
    }
    if (end === text.length) break;
    const unicode = /^u([\da-fA-F]{4})/.exec(text.slice(end + 1, end + 6));
    const character =
      unicode === null ? ESCAPES.get(text[end + 1]) : String.fromCharCode(Number.parseInt(unicode[1], 16));
    if (character === undefined)
      return { at: end + 1, why: 'an escape that JSON does not have (a backslash is written \\\\)' };
    pieces.push(character);
    k = end + (unicode === null ? 2 : 6);
  }
  return { at: position + 1, why: 'a quote that is not closed' };
}

/** The next closing quote or backslash, or the end. */
function nextOf(text: string, quote: string, from: number): number {
  let k = from;
  while (k < text.length && text[k] !== quote && text[k] !== '\\') k++;
  return k;
}

/** Whether a token is one of `<= >= == != < >`. */
export function isComparison(token: Token): boolean {
  return token.kind === 'symbol' && (COMPARISONS as readonly string[]).includes(token.text);
}
