import { UsageError } from '../errors.js';
import { type ArithmeticOperator, type Comparison, type Expression, figuresIn, type Gate } from './gate.js';
import { isComparison, type Token, tokenize } from './tokens.js';

/**
 * Reads a gate:
 *
 *     gate    = sum ("<=" | ">=" | "<" | ">" | "==" | "!=") sum
 *     sum     = product { ("+" | "-") product }
 *     product = factor { ("*" | "/") factor }
 *     factor  = number | figure | "-" factor | "+" factor | "(" sum ")"
 *
 * @throws UsageError with the place of the mistake; also when no figure occurs, for such a gate checks nothing
 */
export function parseGate(text: string): Gate {
  const tokens = tokenize(text);
  if (!Array.isArray(tokens))
    throw mistake(text, tokens.at, `unexpected ${JSON.stringify(charAt(text, tokens.at))}`);
  return new GateParser(text, tokens).gate();
}

function charAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at - 1)!);
}

function mistake(text: string, at: number, words: string): UsageError {
  return new UsageError(
    `--require ${JSON.stringify(text)}: ${words} at character ${at}; expected FIGURE <=, >=, <, >, == or != NUMBER`,
  );
}

/** Recursive descent, one method a rule of the grammar. */
class GateParser {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  gate(): Gate {
    const left = this.sum();
    const comparison = this.take();
    if (!isComparison(comparison)) throw this.unexpected(comparison);
    const right = this.sum();
    const end = this.take();
    if (isComparison(end)) throw mistake(this.text, end.at, 'a second comparison (write two gates)');
    if (end.kind !== 'end') throw this.unexpected(end);
    if (figuresIn(left).length + figuresIn(right).length === 0)
      throw mistake(this.text, 1, 'no figure to check');
    return { expression: this.text.trim(), left, comparison: comparison.text as Comparison, right };
  }

  private sum(): Expression {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Expression {
    return this.chain(['*', '/'], () => this.factor());
  }

  /** Operands joined by operators of one rank, grouped from the left. */
  private chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (operators.includes(this.peek().text)) {
      const operator = this.take().text as ArithmeticOperator;
      left = { kind: 'operation', operator, left, right: operand() };
    }
    return left;
  }

  private factor(): Expression {
    const token = this.take();
    if (token.kind === 'number') return this.number(token);
    if (token.kind === 'name') return { kind: 'figure', name: token.text };
    if (token.text === '-') return { kind: 'negation', operand: this.factor() };
    if (token.text === '+') return this.factor();
    if (token.text !== '(') throw this.unexpected(token);
    const inner = this.sum();
    const close = this.take();
    if (close.text !== ')') throw this.unexpected(close);
    return inner;
  }

  private number(token: Token): Expression {
    const value = Number(token.text);
    if (!Number.isFinite(value)) throw mistake(this.text, token.at, `${token.text} is too large`);
    return { kind: 'number', value };
  }

  private peek(): Token {
    return this.tokens[this.next];
  }

  /** The end is never consumed, so that looking past it sees it again. */
  private take(): Token {
    const token = this.tokens[this.next];
    if (token.kind !== 'end') this.next++;
    return token;
  }

  private unexpected(token: Token): UsageError {
    return mistake(
      this.text,
      token.at,
      token.kind === 'end' ? 'it ends too early' : `unexpected ${JSON.stringify(token.text)}`,
    );
  }
}
