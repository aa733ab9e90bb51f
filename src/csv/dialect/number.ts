const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads a decimal number: optional sign, digits with an optional decimal mark (`.5` and `5.` too), optional exponent.
 * No white space, hexadecimal, Infinity, thousands separators or underscores.
 *
 * @param decimal the decimal mark, `.` or `,`
 * @returns the nearest double; NaN when the text is not such a number or is too large for a double
 */
export function parseDecimal(text: string, decimal: string): number {
  if (decimal === '.') return parsePoint(text);
  if (text.includes('.')) return Number.NaN;
  return parsePoint(text.replace(',', '.'));
}

/**
 * Number() rounds correctly and has the right grammar, except for surrounding white space, the empty text, 0x, 0o and 0b, and Infinity. So
 * only these are checked here, and the engine parses the digits once.
 */
function parsePoint(text: string): number {
  if (!canBegin(text.charCodeAt(0)) || !canEnd(text.charCodeAt(text.length - 1))) return Number.NaN;
  const second = text.charCodeAt(1) | 0x20;
  if (second === 0x78 || second === 0x6f || second === 0x62) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function canBegin(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === MINUS || code === PLUS || code === POINT;
}

function canEnd(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === POINT;
}
