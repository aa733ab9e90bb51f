// Random numbers for the generated data: 32-bit integer arithmetic alone, so ten million normals take a second and
// the same seed gives the same bytes everywhere.

/** Steps thrown away after seeding, as the source advises, so that near seeds do not start alike. */
const WARM_UP = 12;

/**
 * sfc32: small fast counting generator, 128 bits of state.
 * @param {number} seed an integer
 * @returns {() => number} each call gives the next unsigned 32-bit integer
 * Source: Doty-Humphrey, PractRand (2010), sfc32.
 */
export function sfc32(seed) {
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

/** A uniform number strictly between 0 and 1 from the next integer. */
export function uniform(next) {
  return (next() + 0.5) / 2 ** 32;
}

/**
 * Standard normals by the polar method.
 * @param {() => number} next unsigned 32-bit integers
 * @returns {() => number} each call gives the next standard normal
 * Source: Marsaglia and Bray (1964), a convenient method for generating normal variables.
 */
export function normals(next) {
  let spare = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * uniform(next) - 1;
      v = 2 * uniform(next) - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = v * scale;
    return u * scale;
  };
}
