import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import {
  type Arithmetic,
  type ArithmeticOperator,
  type Comparison,
  type Expression,
  figuresIn,
  type Gate,
  type GateResult,
} from './gate.js';
import { resolveGate } from './resolve-gate.js';
import type { GateScope } from './scope.js';

/**
 * Evaluates a gate on a result. It fails closed: an undefined figure, or arithmetic without a finite result, fails whatever the comparison.
 *
 * @throws UsageError when the gate names what this result does not have: a figure, a function, or its argument
 */
export function evaluateGate(gate: Gate, scope: GateScope): GateResult {
  const resolved = resolveGate(gate, scope);
  const evaluation = new Evaluation(gate, scope);
  const left = evaluation.valueOf(resolved.left);
  const right = evaluation.valueOf(resolved.right);
  const passed = left !== null && right !== null && compare(left, gate.comparison, right);
  // The figure is what the reader wants to see; the other side is usually the limit that was typed.
  const [value, bound] = figuresIn(gate.left).length > 0 ? [left, right] : [right, left];
  const { expression, level, name, remedy } = gate;
  return {
    expression,
    level,
    name: name ?? expression,
    value,
    bound,
    passed,
    remedy: remedy ?? usualRemedy(value === null || bound === null),
  };
}

function usualRemedy(isUndefined: boolean): string {
  return isUndefined
    ? 'give the rows that the figure is measured on, or take the gate out: what is undefined never passes'
    : 'find out what changed in the data or the options; if the result is as it should be, move the bound';
}

class Evaluation {
  constructor(
    private readonly gate: Gate,
    private readonly scope: GateScope,
  ) {}

  valueOf(expression: Expression): number | null {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'figure':
        return finite(this.scope.figures.get(expression.name)!());
      case 'lookup':
        return finite(this.lookUp(expression.name, expression.argument));
      case 'negation': {
        const operand = this.valueOf(expression.operand);
        return operand === null ? null : -operand;
      }
      case 'call': {
        const operands = expression.operands.map((operand) => this.valueOf(operand));
        return operands.includes(null) ? null : calculate(expression.name, operands as number[]);
      }
      case 'operation': {
        const left = this.valueOf(expression.left);
        const right = this.valueOf(expression.right);
        return left === null || right === null ? null : finite(operate(left, expression.operator, right));
      }
    }
  }

  private lookUp(name: string, argument: string): number | null {
    const { values, argument: kind } = this.scope.functions.get(name)!;
    const value = values.get(argument);
    if (value !== undefined) return value;
    const { origin, expression } = this.gate;
    const near = didYouMean(argument, values.keys());
    throw new UsageError(
      `${origin} ${shown(expression)}: there is no ${kind} ${shown(argument)} in ${this.scope.subject}${near}`,
    );
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function calculate(name: Arithmetic, operands: readonly number[]): number {
  switch (name) {
    case 'abs':
      return Math.abs(operands[0]);
    case 'min':
      return Math.min(...operands);
    case 'max':
      return Math.max(...operands);
  }
}

function operate(left: number, operator: ArithmeticOperator, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

function compare(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

/** The same for several gates; the scope is built only if there are any. */
export function evaluateGates(gates: readonly Gate[], scope: () => GateScope): GateResult[] {
  if (gates.length === 0) return [];
  const seen = scope();
  return gates.map((gate) => evaluateGate(gate, seen));
}
