import { COMPARISONS } from './gate.js';

/** A word of a gate; `at` is where it starts, from 1. */
export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|==|!=|[<>+\-*/()]))/y;

/** Splits a gate into its words, the last of them `end`. Returns where it stumbled when a character fits nowhere. */
export function tokenize(text: string): Token[] | { readonly at: number } {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.trimEnd().length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return { at: position + 1 + /^\s*/.exec(text.slice(position))![0].length };
    const [whole, number, name, symbol] = match;
    const word = number ?? name ?? symbol;
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol';
    tokens.push({ kind, text: word, at: position + whole.length - word.length + 1 });
    position += whole.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

/** Whether a word is one of `<= >= == != < >`. */
export function isComparison(token: Token): boolean {
  return token.kind === 'symbol' && (COMPARISONS as readonly string[]).includes(token.text);
}
