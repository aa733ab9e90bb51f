/** How many columns may join a working set at once, plus this many times the support. */
const AT_ONCE = 96;
const OF_SUPPORT = 2;

/** A working set of more columns than so many times the rows, and a few, is cut down to the support before others join. */
export const OF_ROWS = 2;
const SPARE = 192;

/** Whether so many coefficients are non-zero that solving in the space of the rows is faster, and takes less memory, than a Gram matrix. */
export function isDense({ rows }: { readonly rows: number }, support: number): boolean {
  return support > OF_ROWS * rows;
}

/** The columns that a working set of a design may have before it is cut down; the Hessian over it takes their square. */
export function roomFor({ rows, columns }: { readonly rows: number; readonly columns: number }): number {
  return Math.min(OF_ROWS * rows + SPARE, columns);
}

/**
 * Of some columns the `count` with the largest |gradient_j| / factor_j, in the order in which they are given; of equal ones the first. A column
 * without a penalty comes before all others.
 * @param gradient, factor by column of the design
 */
export function strongest(
  columns: Int32Array,
  gradient: Float64Array,
  factor: Float64Array,
  count: number,
): Int32Array {
  if (columns.length <= count) return columns;
  if (count <= 0) return new Int32Array(0);
  const strengths = Float64Array.from(columns, (j) =>
    factor[j] === 0 ? Infinity : Math.abs(gradient[j]) / factor[j],
  );
  const least = strengths.slice().sort()[columns.length - count];
  let equals = count - strengths.filter((s) => s > least).length;
  return columns.filter((_, k) => strengths[k] > least || (strengths[k] === least && equals-- > 0));
}

/**
 * Those of some columns that join a working set together: the strongest, about twice as many as the support has. Far from a solution many
 * columns violate that will be 0 in it, and a working set of all of them costs their square.
 * Source: Bertrand et al. (2022), "Beyond L1: faster and better sparse models with skglm", NeurIPS 35, section 2.
 */
export function firstToJoin(
  columns: Int32Array,
  gradient: Float64Array,
  factor: Float64Array,
  support: number,
): Int32Array {
  return strongest(columns, gradient, factor, AT_ONCE + OF_SUPPORT * support);
}
