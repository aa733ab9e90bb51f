/**
 * A residual as a combination of residuals at which the gradients of all columns are known, and a rest e. With x = c r + d s + e
 *
 *     |z_j'x| <= |c z_j'r + d z_j's| + |z_j| |e|,
 *
 * norms of columns taken in v, those of residuals in 1/v. Where the bound is below its threshold the gradient of a column need not be evaluated.
 * Source: Cauchy and Schwarz, as in the sphere tests of El Ghaoui, Viallon and Rabbani (2012), Pacific J. Optim. 8.
 */
export interface Decomposed {
  readonly c: number;
  readonly d: number;
  /** |e| in the norm 1/v. */
  readonly rest: number;
}

/** x by one known residual: what is left is the least. @param rr product(v, r, r) */
export function byOne(v: Float64Array, r: Float64Array, rr: number, x: Float64Array): Decomposed {
  const c = rr > 0 ? product(v, x, r) / rr : 0;
  return { c, d: 0, rest: restOf(v, x, c, r, 0, r) };
}

/** x by two, by least squares in the norm 1/v; of two that are parallel the first alone is taken. */
export function byTwo(v: Float64Array, r: Float64Array, s: Float64Array, x: Float64Array): Decomposed {
  const [rr, rs, ss] = [product(v, r, r), product(v, r, s), product(v, s, s)];
  const [rx, sx] = [product(v, r, x), product(v, s, x)];
  const determinant = rr * ss - rs * rs;
  if (!(determinant > 1e-10 * rr * ss)) return byOne(v, r, rr, x);
  const c = (ss * rx - rs * sx) / determinant;
  const d = (rr * sx - rs * rx) / determinant;
  return { c, d, rest: restOf(v, x, c, r, d, s) };
}

/** sum_i x_i y_i / v_i over the rows that have weight; the others have no residual. */
export function product(v: Float64Array, x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < v.length; i++) if (v[i] > 0) total += (x[i] * y[i]) / v[i];
  return total;
}

/** |x - c r - d s| in the norm 1/v. */
function restOf(
  v: Float64Array,
  x: Float64Array,
  c: number,
  r: Float64Array,
  d: number,
  s: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < v.length; i++) {
    const e = x[i] - c * r[i] - d * s[i];
    if (v[i] > 0) total += (e * e) / v[i];
  }
  return Math.sqrt(total);
}
