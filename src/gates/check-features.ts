import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import { figuresIn, type Gate } from './gate.js';

/**
 * Refuses a gate on a feature that a fit of these columns cannot have, before the fit. A feature is a column, or
 * `COLUMN=LEVEL`; which columns and levels remain is known after it, and `evaluateGate` looks again.
 *
 * @throws UsageError with the near one
 */
export function checkFeatures(gates: readonly Gate[], columns: readonly string[]): void {
  for (const gate of gates) {
    for (const figure of [...figuresIn(gate.left), ...figuresIn(gate.right)]) {
      if (figure.kind !== 'lookup') continue;
      const { argument } = figure;
      if (columns.some((column) => column === argument || argument.startsWith(`${column}=`))) continue;
      throw new UsageError(
        `${gate.origin} ${shown(gate.expression)}: there is no column ${shown(argument)}${didYouMean(argument, columns)}`,
      );
    }
  }
}
