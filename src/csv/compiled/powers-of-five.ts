/** The range of powers whose product with a mantissa of 64 bits can be a normal double. */
const LEAST = -342;
const LARGEST = 308;

let table: BigUint64Array | null = null;

/**
 * The most significant 128 bits of 5^q, for q from -342 to 308, high word before low word: truncated, but rounded up for -27 <= q < 0
 * (Lemire 2021, "Number parsing at a gigabyte per second", section 5 and its generator). Made at first need.
 */
export function powersOfFive(): BigUint64Array {
  table ??= makePowers();
  return table;
}

function makePowers(): BigUint64Array {
  const words = new BigUint64Array(2 * (LARGEST - LEAST + 1));
  let power = 1n;
  for (let q = 0; q <= -LEAST; q++) {
    const bits = bitsOf(q);
    if (q <= LARGEST) store(words, q, aligned(power, bits));
    if (q > 0) store(words, -q, reciprocal(q, power, bits));
    power *= 5n;
  }
  return words;
}

/** How many bits 5^q has: one more than the whole part of q log2(5), which 152170 / 2^16 gives for these q. */
function bitsOf(q: number): number {
  return ((152170 * q) >> 16) + 1;
}

function store(words: BigUint64Array, q: number, value: bigint): void {
  words[2 * (q - LEAST)] = value >> 64n;
  words[2 * (q - LEAST) + 1] = BigInt.asUintN(64, value);
}

/** The value, of so many bits, shifted to 128 bits. */
function aligned(value: bigint, bits: number): bigint {
  return bits <= 128 ? value << BigInt(128 - bits) : value >> BigInt(bits - 128);
}

/** 2^b / 5^q, b such that it has 128 bits; rounded up as long as an exact quotient may be asked for (q <= 27). */
function reciprocal(q: number, power: bigint, bits: number): bigint {
  return (1n << BigInt(bits + 127)) / power + (q <= 27 ? 1n : 0n);
}
