import type { Model } from '../../model/model.js';
import type { WriteName } from '../text/block.js';
import { formatFigure } from '../text/format-number.js';

const DIGITS = 5;

/**
 * The equation of a model with the names of its columns, as lines for readers. Rounded: the exact figures are in the csv and the
 * json. Terms stand in the order of the file.
 */
export function equation(model: Model, most: number | 'all', write: WriteName): string[] {
  const { target, offset, features, intercept } = model;
  const inIt = features.filter(({ coefficient }) => coefficient !== 0);
  const shown = most === 'all' ? inIt : inIt.slice(0, most);
  const terms = shown.map((feature) => term(feature, write));
  const rest = inIt.length - shown.length;
  const more = rest === 0 ? [] : [`+ … ${rest} more terms`];
  const added = offset === null ? [] : [`+ ${write(offset)}`];
  const sum = [formatFigure(intercept, DIGITS).replace(/^-/, '−'), ...terms, ...more, ...added].join(' ');
  if (target.classes === null) return [`${write(target.name)} = ${sum}`];
  return [
    `η = ${sum}`,
    `probability that ${write(target.name)} is ${write(target.classes[1])}: 1 / (1 + exp(−η))`,
  ];
}

function term({ column, level, coefficient, origin }: Model['features'][number], write: WriteName): string {
  const sign = coefficient < 0 ? '−' : '+';
  const size = formatFigure(Math.abs(coefficient), DIGITS);
  if (level !== null) return `${sign} ${size} × (${write(column)} is ${write(level)})`;
  if (origin === 0) return `${sign} ${size} × ${write(column)}`;
  // Rounded like the rest, it would be too far from the column's values.
  return `${sign} ${size} × (${write(column)} ${origin < 0 ? '+' : '−'} ${Math.abs(origin)})`;
}
