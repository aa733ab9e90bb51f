/** Numbers for people: few digits, no NaN, decimal points under each other. */

/** Stands for a figure that does not exist. */
export const MISSING = '–';

const isFigure = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** `-0.00` says nothing that `0.00` does not. */
const withoutNegativeZero = (text: string): string => (/^-[0.]+$/.test(text) ? text.slice(1) : text);

/** `value` with a fixed number of decimals. */
export function formatFixed(value: number | null, decimals: number): string {
  return isFigure(value) ? withoutNegativeZero(value.toFixed(decimals)) : MISSING;
}

/** `value` with `digits` significant digits, in scientific notation below 1e-4 and from 1e7 on: `0.004510`, `3.1e-9`. */
export function formatSignificant(value: number | null, digits = 4): string {
  if (!isFigure(value)) return MISSING;
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e7) return formatScientific(value, digits);
  return value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude))));
}

/** `value` in scientific notation, for figures whose order of magnitude is what counts: `3.1e-9`. */
export function formatScientific(value: number | null, digits: number): string {
  if (!isFigure(value)) return MISSING;
  return value === 0 ? '0' : value.toExponential(digits - 1).replace('e+', 'e');
}

/** As {@link formatSignificant}, for a sentence: without zeros at the end. */
export function formatFigure(value: number | null, digits = 4): string {
  const [decimals, exponent] = formatSignificant(value, digits).split('e');
  let end = decimals.length;
  if (decimals.includes('.')) while (decimals[end - 1] === '0') end--;
  if (decimals[end - 1] === '.') end--;
  return decimals.slice(0, end) + (exponent === undefined ? '' : `e${exponent}`);
}

/** `value` with its sign, `+` too. */
export function signed(text: string): string {
  return /^[1-9]|^0.*[1-9]/.test(text) ? `+${text}` : text;
}

const afterPoint = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point;
};

/** The same texts with spaces behind them, so that in a right-aligned column the decimal points meet. */
export function alignDecimals(texts: readonly string[]): string[] {
  const tail = Math.max(0, ...texts.map(afterPoint));
  return texts.map((text) => text + ' '.repeat(tail - afterPoint(text)));
}

/**
 * One way to write all figures of a kind, so that they compare at a glance: the decimals that give the smallest of them
 * `digits` digits; or significant digits for each, where they lie more than three orders of magnitude apart.
 */
export function commonFormat(values: readonly number[], digits = 5): (value: number | null) => string {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (sizes.length === 0 || largest > 1000 * smallest || largest < 1e-3 || largest >= 1e7)
    return (value) => formatSignificant(value, digits);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(smallest)));
  return (value) => formatFixed(value, decimals);
}
