import { UsageError } from '../errors.js';
import { shown } from '../visible.js';
import {
  ARITHMETIC,
  type Arithmetic,
  type ArithmeticOperator,
  type Comparison,
  type Expression,
  figuresIn,
  type Gate,
} from './gate.js';
import { isComparison, type Token, tokenize } from './tokens.js';

/** Parentheses, signs and calls inside each other. */
const DEEPEST = 50;

/** How a gate was given, beside its expression. */
export type GateOrigin = Pick<Gate, 'level' | 'origin'> & Partial<Pick<Gate, 'name' | 'remedy'>>;

/**
 * Reads a gate:
 *
 *     gate     = sum ("<=" | ">=" | "<" | ">" | "==" | "!=") sum
 *     sum      = product { ("+" | "-") product }
 *     product  = factor { ("*" | "/") factor }
 *     factor   = number | figure | function | "-" factor | "+" factor | "(" sum ")"
 *     function = name "(" string ")" | "abs" "(" sum ")" | ("min" | "max") "(" sum "," sum { "," sum } ")"
 *     figure   = name { "." name }            a string is written as in JSON, in quotes of either kind
 *
 * `true` is 1 and `false` is 0, as in truth-valued figures. Nothing is evaluated as code. Names may have any length; the number of tokens
 * and the nesting are limited, so that no expression exhausts the stack.
 *
 * @throws UsageError with the position of the mistake; also if no figure occurs, because such a gate checks nothing
 */
export function parseGate(text: string, given: GateOrigin = { level: 'require', origin: '--require' }): Gate {
  const tokens = tokenize(text);
  if ('why' in tokens) throw mistake(text, given.origin, tokens.at, tokens.why);
  const rule = new GateParser(text, given.origin, tokens).gate();
  return { expression: text.trim(), ...rule, name: null, remedy: null, ...given };
}

function mistake(text: string, origin: string, at: number, words: string): UsageError {
  return new UsageError(
    `${origin} ${shown(text)}: ${words} at character ${at}; expected FIGURE <=, >=, <, >, == or != NUMBER`,
  );
}

/** Recursive descent, one method a rule of the grammar. */
class GateParser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly origin: string,
    private readonly tokens: readonly Token[],
  ) {}

  gate(): Pick<Gate, 'left' | 'comparison' | 'right'> {
    const left = this.sum();
    const comparison = this.take();
    if (!isComparison(comparison)) throw this.unexpected(comparison);
    const right = this.sum();
    const end = this.take();
    if (isComparison(end)) throw this.mistake(end.at, 'a second comparison (write two gates)');
    if (end.kind !== 'end') throw this.unexpected(end);
    if (figuresIn(left).length + figuresIn(right).length === 0) {
      throw this.mistake(1, 'no figure to check');
    }
    return { left, comparison: comparison.text as Comparison, right };
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
    while (this.peek().kind === 'symbol' && operators.includes(this.peek().text)) {
      const operator = this.take().text as ArithmeticOperator;
      left = { kind: 'operation', operator, left, right: operand() };
    }
    return left;
  }

  private factor(): Expression {
    const token = this.take();
    if (this.depth === DEEPEST) throw this.mistake(token.at, `nested deeper than ${DEEPEST}`);
    this.depth++;
    const expression = this.factorFrom(token);
    this.depth--;
    return expression;
  }

  private factorFrom(token: Token): Expression {
    if (token.kind === 'number') return this.number(token);
    if (token.kind === 'name') return this.named(token);
    if (token.kind !== 'symbol') throw this.unexpected(token);
    if (token.text === '-') return { kind: 'negation', operand: this.factor() };
    if (token.text === '+') return this.factor();
    if (token.text !== '(') throw this.unexpected(token);
    const inner = this.sum();
    this.expect(')');
    return inner;
  }

  private number(token: Token): Expression {
    const value = Number(token.text);
    if (!Number.isFinite(value)) throw this.mistake(token.at, `the number ${shown(token.text)} is too large`);
    return { kind: 'number', value };
  }

  private named(token: Token): Expression {
    const name = token.text;
    if (this.isNext('(')) {
      this.take();
      const isArithmetic = (ARITHMETIC as readonly string[]).includes(name);
      return isArithmetic ? this.arithmetic(token, name as Arithmetic) : this.lookup(name);
    }
    if (name === 'true' || name === 'false') return { kind: 'number', value: name === 'true' ? 1 : 0 };
    return { kind: 'figure', name };
  }

  private arithmetic({ at }: Token, name: Arithmetic): Expression {
    const operands = [this.sum()];
    while (this.isNext(',')) {
      this.take();
      operands.push(this.sum());
    }
    this.expect(')');
    if ((name === 'abs') !== (operands.length === 1)) {
      throw this.mistake(at, `${name} takes ${name === 'abs' ? 'one number' : 'two numbers or more'}`);
    }
    return { kind: 'call', name, operands };
  }

  private lookup(name: string): Expression {
    const argument = this.take();
    if (argument.kind !== 'string')
      throw this.mistake(argument.at, `quote the column name: ${name}("COLUMN")`);
    this.expect(')');
    return { kind: 'lookup', name, argument: argument.text };
  }

  private peek(): Token {
    return this.tokens[this.next];
  }

  private isNext(symbol: string): boolean {
    return this.peek().kind === 'symbol' && this.peek().text === symbol;
  }

  private expect(symbol: string): void {
    if (!this.isNext(symbol)) throw this.unexpected(this.peek());
    this.take();
  }

  /** The end is never consumed, so that looking past it sees it again. */
  private take(): Token {
    const token = this.tokens[this.next];
    if (token.kind !== 'end') this.next++;
    return token;
  }

  private unexpected(token: Token): UsageError {
    const words = token.kind === 'end' ? 'it ends too early' : `unexpected ${shown(token.text)}`;
    return this.mistake(token.at, words);
  }

  private mistake(at: number, words: string): UsageError {
    return mistake(this.text, this.origin, at, words);
  }
}
