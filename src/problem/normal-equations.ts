import { Dense } from '../linalg/dense.js';
import { Symmetric } from '../linalg/symmetric.js';
import type { ElasticNet } from '../penalties/elastic-net.js';
import { gaussianTarget } from './gaussian-target.js';
import { allColumns, type Problem } from './problem.js';

/**
 * A gaussian problem as moments of its rows. With t = y - offset - intercept it is
 *
 *     minimise  1/2 b'G b - q'b + lambda * P(b),   G = Z'VZ, q = Z'Vt
 *
 * where with an intercept the columns of Z have weighted mean 0.
 */
export interface NormalEquations {
  /** G: columns x columns, row-major, full; read only. */
  readonly gram: Float64Array;
  /** Length columns; read only. */
  readonly q: Float64Array;
  /** Weighted mean of y - offset, or 0 without an intercept. */
  readonly intercept: number;
  readonly penalty: ElasticNet;
  /** A copy of G in the memory where loops over its rows are fast. */
  symmetric(): Symmetric;
  /** The algebra for G. */
  readonly dense: Dense;
}

const known = new WeakMap<Problem, NormalEquations>();

/** The normal equations of a problem, computed once and kept as long as the problem. Cost: rows columns^2. */
export function normalEquations(problem: Problem): NormalEquations {
  const made = known.get(problem) ?? sumUp(problem);
  known.set(problem, made);
  return made;
}

/** The normal equations of a problem, if a solver has computed them. */
export function knownEquations(problem: Problem): NormalEquations | null {
  return known.get(problem) ?? null;
}

function sumUp(problem: Problem): NormalEquations {
  const { design, v, penalty } = problem;
  const { intercept, q } = gaussianTarget(problem);
  const gram = design.gram(v, allColumns(design.columns));
  const symmetric = () => Symmetric.of(design.engine, gram, q.length);
  return { gram, q, intercept, penalty, symmetric, dense: new Dense(design.engine) };
}
