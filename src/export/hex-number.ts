/** A finite double as sign * mantissa * 2^exponent with a whole mantissa below 2^53. */
export interface BinaryNumber {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The parts of a finite double other than 0, the mantissa odd. */
export function binaryParts(x: number): BinaryNumber {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  let mantissa = bits & 0xfffffffffffffn;
  if (biased > 0) mantissa |= 1n << 52n;
  let exponent = (biased === 0 ? 1 : biased) - 1075;
  while (mantissa > 0n && (mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return { negative: bits >> 63n === 1n, mantissa, exponent };
}
