/** Bytes of the longest number that has a shape here, and the place of the point where there is none. */
const LONGEST = 15;
/** Bytes of an entry: sixteen of the order, eight of the power, eight unused. */
const ENTRY = 32;
const POWER = 16;
/** What a swizzle reads as 0. */
const NOTHING = 255;

let table: Uint8Array | null = null;

/**
 * What depends on the length of a short number and on the place of its point alone, as `shortNumber` in
 * src/assembly/csv/number.ts reads it: entry 16 length + point, for 0 <= point < length <= 15 and point 15 for none, holds the order
 * that moves the digits together to the right of sixteen bytes, and the power of ten, 10^decimals, as a double. Made at first need.
 */
export function shapesOfNumbers(): Uint8Array {
  table ??= makeShapes();
  return table;
}

function makeShapes(): Uint8Array {
  const bytes = new Uint8Array(ENTRY * 256);
  const view = new DataView(bytes.buffer);
  for (let length = 1; length <= LONGEST; length++) {
    for (let point = 0; point < length; point++) write(view, length, point);
    write(view, length, LONGEST);
  }
  return bytes;
}

function write(view: DataView, length: number, point: number): void {
  const entry = ENTRY * (16 * length + point);
  const hasPoint = point < length;
  for (let k = 0; k < 16; k++) {
    const straight = k - 16 + length;
    // Up to the point, the digits move over its place.
    const source = hasPoint && straight <= point ? straight - 1 : straight;
    view.setUint8(entry + k, source < 0 ? NOTHING : source);
  }
  view.setFloat64(entry + POWER, hasPoint ? 10 ** (length - 1 - point) : 1, true);
}
