import { UsageError } from '../errors.js';
import type { FitReport, GateResult } from '../fit/fit-report.js';
import { didYouMean } from '../near-miss.js';
import { type FamilyName, type Figure, figuresOf } from './figures.js';
import { type ArithmeticOperator, type Comparison, type Expression, figuresIn, type Gate } from './gate.js';

/**
 * Refuses a gate that names a figure which a fit of this family does not have. With `auto` the family is found in the
 * data, so a name passes when either family has it; `evaluateGate` looks again.
 *
 * @throws UsageError with the figures there are
 */
export function checkGateNames(gate: Gate, family: FamilyName | 'auto'): void {
  const families: readonly FamilyName[] = family === 'auto' ? ['gaussian', 'binomial'] : [family];
  const known = new Set(families.flatMap((each) => [...figuresOf(each).keys()]));
  for (const name of [...figuresIn(gate.left), ...figuresIn(gate.right)]) {
    if (known.has(name)) continue;
    const where = family === 'auto' ? '' : ` in a ${family} fit`;
    throw new UsageError(
      `--require ${JSON.stringify(gate.expression)}: there is no figure ${JSON.stringify(name)}${where}` +
        `${didYouMean(name, known) || ';'} the figures are ${[...known].join(', ')}`,
    );
  }
}

/**
 * Holds a gate against a report. It fails closed: a figure that is undefined, or arithmetic that gives no finite
 * number, fails whatever the comparison.
 *
 * @throws UsageError when the gate names a figure that this fit does not have
 */
export function evaluateGate(gate: Gate, report: FitReport): GateResult {
  checkGateNames(gate, report.model.family);
  const figures = figuresOf(report.model.family);
  const left = evaluate(gate.left, figures, report);
  const right = evaluate(gate.right, figures, report);
  const passed = left !== null && right !== null && compare(left, gate.comparison, right);
  // The figure is what the reader wants to see; the other side is usually the limit that was typed.
  const value = figuresIn(gate.left).length > 0 ? left : right;
  return { expression: gate.expression, value, passed };
}

function evaluate(
  expression: Expression,
  figures: ReadonlyMap<string, Figure>,
  report: FitReport,
): number | null {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'figure':
      return finite(figures.get(expression.name)!(report));
    case 'negation': {
      const operand = evaluate(expression.operand, figures, report);
      return operand === null ? null : -operand;
    }
    case 'operation': {
      const left = evaluate(expression.left, figures, report);
      const right = evaluate(expression.right, figures, report);
      return left === null || right === null ? null : finite(operate(left, expression.operator, right));
    }
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
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
