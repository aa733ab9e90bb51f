/** An arithmetic expression over the figures of a result. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** `test.rmse`, or `baseline` for that of the other figure. */
  | { readonly kind: 'figure'; readonly name: string }
  /** `coef("age")`: a figure of one column. */
  | { readonly kind: 'lookup'; readonly name: string; readonly argument: string }
  | { readonly kind: 'negation'; readonly operand: Expression }
  | { readonly kind: 'call'; readonly name: Arithmetic; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** Functions of numbers, which every result has. */
export const ARITHMETIC = ['abs', 'min', 'max'] as const;
export type Arithmetic = (typeof ARITHMETIC)[number];

export const COMPARISONS = ['<=', '>=', '==', '!=', '<', '>'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The effect of a failed gate: `require` ends with exit code 1, `warn` only prints it. */
export type GateLevel = 'require' | 'warn';

/** A rule that a result must satisfy, such as `test.rmse <= 0.9 * baseline.test.rmse`. */
export interface Gate {
  /** As written. */
  readonly expression: string;
  readonly left: Expression;
  readonly comparison: Comparison;
  readonly right: Expression;
  readonly level: GateLevel;
  /** Where it was written, for messages: `--require`, or a place in a file. */
  readonly origin: string;
  /** What to call it in reports; null: its expression. */
  readonly name: string | null;
  /** What to do when it fails; null: nothing particular. */
  readonly remedy: string | null;
}

/** An evaluated gate. */
export interface GateResult {
  readonly expression: string;
  readonly level: GateLevel;
  /** Its name in reports; its expression if it has no name. */
  readonly name: string;
  /** The side with the figure, the left one if both have; null (undefined) fails. */
  readonly value: number | null;
  /** The other side; null fails. */
  readonly bound: number | null;
  readonly passed: boolean;
  /** What to do about it. */
  readonly remedy: string;
}

/** The parts of an expression that are expressions themselves. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'figure':
    case 'lookup':
      return [];
    case 'negation':
      return [expression.operand];
    case 'call':
      return expression.operands;
    case 'operation':
      return [expression.left, expression.right];
  }
}

/** Every figure and lookup in an expression, in the order written. */
export function figuresIn(expression: Expression): readonly Extract<Expression, { readonly name: string }>[] {
  if (expression.kind === 'figure' || expression.kind === 'lookup') return [expression];
  return partsOf(expression).flatMap(figuresIn);
}
