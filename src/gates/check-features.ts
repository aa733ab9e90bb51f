import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import { figuresIn, type Gate } from './gate.js';

/**
 * Refuses a gate on a feature that a fit of these columns cannot have, before the fit. A feature is a column, or `COLUMN=LEVEL`; which
 * columns and levels remain is known only after the fit, so `evaluateGate` checks again.
 *
 * @throws UsageError with the near one
 */
export function checkFeatures(gates: readonly Gate[], columns: readonly string[]): void {
  const known = new Set(columns);
  for (const gate of gates) {
    for (const figure of [...figuresIn(gate.left), ...figuresIn(gate.right)]) {
      if (figure.kind !== 'lookup') continue;
      const { argument } = figure;
      if (known.has(argument) || columnsOfLevel(argument).some((column) => known.has(column))) continue;
      throw new UsageError(
        `${gate.origin} ${shown(gate.expression)}: there is no column ${shown(argument)}${didYouMean(argument, columns)}`,
      );
    }
  }
}

/** What may be the column in `COLUMN=LEVEL`: either part may hold an equals sign. */
function columnsOfLevel(feature: string): string[] {
  return [...feature.matchAll(/=/g)].map(({ index }) => feature.slice(0, index));
}
