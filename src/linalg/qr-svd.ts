/** A = Q R by Householder reflections; A is m x k (m >= k), column-major. */
export interface QrFactor {
  readonly m: number;
  readonly k: number;
  /** k x k upper triangle, column-major. */
  readonly r: Float64Array;
  /** Column j of the overwritten A holds the unit vector of reflection j from row j on. */
  readonly reflectors: Float64Array;
}

/**
 * Householder QR without pivoting.
 * @param a m x k, column-major; overwritten by the reflectors
 * Cost: 2 k^2 (m - k/3). Source: Golub and Van Loan (2013), algorithm 5.2.1.
 */
export function householderQr(a: Float64Array, m: number, k: number): QrFactor {
  const r = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    const u = a.subarray(j * m, (j + 1) * m);
    for (let i = 0; i < j; i++) r[j * k + i] = u[i];
    r[j * k + j] = reflectorInPlace(u, j);
    for (let c = j + 1; c < k; c++) reflect(u, j, a.subarray(c * m, (c + 1) * m));
  }
  return { m, k, r, reflectors: a };
}

/** Turns u[from..] into the unit vector of its reflection to (value, 0, ...); returns that value. */
function reflectorInPlace(u: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from; i < u.length; i++) largest = Math.max(largest, Math.abs(u[i]));
  if (largest === 0) return 0;
  let squares = 0;
  for (let i = from; i < u.length; i++) {
    u[i] /= largest;
    squares += u[i] * u[i];
  }
  const norm = Math.sqrt(squares);
  const value = u[from] > 0 ? -norm : norm;
  u[from] -= value;
  let length = 0;
  for (let i = from; i < u.length; i++) length += u[i] * u[i];
  length = Math.sqrt(length);
  for (let i = from; i < u.length; i++) u[i] /= length;
  return value * largest;
}

function reflect(u: Float64Array, from: number, x: Float64Array): void {
  let s = 0;
  for (let i = from; i < u.length; i++) s += u[i] * x[i];
  s *= 2;
  for (let i = from; i < u.length; i++) x[i] -= s * u[i];
}

/** x <- Q' x (`transpose`) or Q x, in place; x has length m. Cost: 4 m k. */
export function applyReflections(qr: QrFactor, x: Float64Array, transpose: boolean): void {
  for (let step = 0; step < qr.k; step++) {
    const j = transpose ? step : qr.k - 1 - step;
    reflect(qr.reflectors.subarray(j * qr.m, (j + 1) * qr.m), j, x);
  }
}

/** A = U diag(singular) V'; all k x k, column-major. Columns of `scaledU` are U's times their singular value. */
export interface SmallSvd {
  readonly k: number;
  readonly scaledU: Float64Array;
  readonly singular: Float64Array;
  readonly v: Float64Array;
}

/**
 * Singular values by one-sided Jacobi rotations, each to high relative accuracy.
 * @param a k x k, column-major; overwritten
 * Cost: about 10 sweeps of 9 k^3. Source: Demmel and Veselic (1992), SIAM J. Matrix Anal. 13.
 */
export function jacobiSvd(a: Float64Array, k: number): SmallSvd {
  const v = new Float64Array(k * k);
  for (let j = 0; j < k; j++) v[j * k + j] = 1;
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < k - 1; p++)
      for (let q = p + 1; q < k; q++) rotated = rotatePair(a, v, k, p, q) || rotated;
  }
  const singular = new Float64Array(k);
  for (let j = 0; j < k; j++) singular[j] = columnNorm(a, k, j);
  return { k, scaledU: a, singular, v };
}

function columnNorm(a: Float64Array, k: number, j: number): number {
  let squares = 0;
  for (let i = j * k; i < (j + 1) * k; i++) squares += a[i] * a[i];
  return Math.sqrt(squares);
}

/** Makes columns p and q orthogonal; false if they already were. */
function rotatePair(a: Float64Array, v: Float64Array, k: number, p: number, q: number): boolean {
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let i = 0; i < k; i++) {
    const x = a[p * k + i];
    const y = a[q * k + i];
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  if (Math.abs(pq) <= 8 * Number.EPSILON * Math.sqrt(pp) * Math.sqrt(qq)) return false;
  const zeta = (qq - pp) / (2 * pq);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  rotate(a, k, p, q, c, c * t);
  rotate(v, k, p, q, c, c * t);
  return true;
}

function rotate(a: Float64Array, k: number, p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < k; i++) {
    const x = a[p * k + i];
    const y = a[q * k + i];
    a[p * k + i] = c * x - s * y;
    a[q * k + i] = s * x + c * y;
  }
}
