import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import { ARITHMETIC, type Expression, figuresIn, type Gate } from './gate.js';
import type { GateNames, Names } from './scope.js';

/** Stands for the baseline of the gate's other figure. */
const BASELINE = 'baseline';

/**
 * The gate with `baseline` replaced by the baseline that is meant. Call it before the long work with the names known then; `evaluateGate`
 * checks again.
 *
 * @throws UsageError when it names a figure or a function that the result does not have, with the nearest name and all available ones; if
 * `baseline` appears with no figure, or with several
 */
export function resolveGate(gate: Gate, names: GateNames): Gate {
  const used = [...figuresIn(gate.left), ...figuresIn(gate.right)];
  const isBaseline = (figure: Expression) =>
    figure.kind === 'figure' && figure.name === BASELINE && !names.figures.has(BASELINE);
  for (const figure of used) {
    if (isBaseline(figure)) continue;
    if (figure.kind === 'lookup') check(gate, 'function', figure.name, names.functions, names);
    if (figure.kind === 'figure') check(gate, 'figure', figure.name, names.figures, names);
  }
  if (!used.some(isBaseline)) return gate;
  const others = used.filter((figure) => !isBaseline(figure)).map(({ name }) => name);
  const meant = baselineOf(gate, new Set(others), names.figures);
  const replaced = (side: Expression) => replaceFigure(side, BASELINE, meant);
  return { ...gate, left: replaced(gate.left), right: replaced(gate.right) };
}

function check(gate: Gate, kind: 'figure' | 'function', name: string, known: Names, names: GateNames): void {
  if (known.has(name)) return;
  const all = kind === 'function' ? [...ARITHMETIC, ...known.keys()] : [...known.keys()];
  throw new UsageError(
    `${gate.origin} ${shown(gate.expression)}: there is no ${kind} ${shown(name)} in ${names.subject}` +
      `${didYouMean(name, all) || ';'} the ${kind}s are ${all.join(', ')}`,
  );
}

function baselineOf(gate: Gate, others: ReadonlySet<string>, figures: Names): string {
  const baselines = [...others].map((name) => `${BASELINE}.${name}`).filter((name) => figures.has(name));
  if (baselines.length === 1) return baselines[0];
  const all = [...figures.keys()].filter((name) => name.startsWith(`${BASELINE}.`));
  const why =
    baselines.length === 0
      ? 'baseline stands beside no figure that has one'
      : `baseline could be ${baselines.join(' or ')}`;
  throw new UsageError(
    `${gate.origin} ${shown(gate.expression)}: ${why}; name the one you mean: ${all.join(', ')}`,
  );
}

function replaceFigure(expression: Expression, from: string, to: string): Expression {
  const within = (part: Expression) => replaceFigure(part, from, to);
  switch (expression.kind) {
    case 'number':
    case 'lookup':
      return expression;
    case 'figure':
      return expression.name === from ? { kind: 'figure', name: to } : expression;
    case 'negation':
      return { kind: 'negation', operand: within(expression.operand) };
    case 'call':
      return { ...expression, operands: expression.operands.map(within) };
    case 'operation':
      return { ...expression, left: within(expression.left), right: within(expression.right) };
  }
}
