/** An arithmetic expression over the figures of a report. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'figure'; readonly name: string }
  | { readonly kind: 'negation'; readonly operand: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type ArithmeticOperator = '+' | '-' | '*' | '/';

export const COMPARISONS = ['<=', '>=', '==', '!=', '<', '>'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A rule that a result must satisfy, such as `test.rmse <= 0.9 * baseline.test.rmse`. */
export interface Gate {
  /** As written. */
  readonly expression: string;
  readonly left: Expression;
  readonly comparison: Comparison;
  readonly right: Expression;
}

/** The names of all figures in an expression, in the order written. */
export function figuresIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'figure':
      return [expression.name];
    case 'negation':
      return figuresIn(expression.operand);
    case 'operation':
      return [...figuresIn(expression.left), ...figuresIn(expression.right)];
  }
}
