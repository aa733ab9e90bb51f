import { Dense } from '../../linalg/dense.js';
import { Symmetric } from '../../linalg/symmetric.js';
import { gather, sum } from '../../linalg/vector.js';
import { isUnpenalised } from '../../path/choose-solver.js';
import { solveOnSums } from '../../path/solve-path.js';
import { gaussianTarget } from '../../problem/gaussian-target.js';
import {
  hasDigits,
  type Moments,
  momentsOf,
  type SquaredError,
  squaredErrors,
  without,
} from '../../problem/moments.js';
import { normalEquations } from '../../problem/normal-equations.js';
import type { LinearPoint } from '../../solvers/solver.js';
import { fillsAreLearned, isConstantWithout } from '../constant-columns.js';
import type { FoldErrors, Folds } from '../folds.js';
import { foldByRows, sourceOf } from '../refit/refit.js';
import { type RestOfFold, restOfFold } from './training-equations.js';

/** Solutions are this much closer to the optimum than the certificate of the whole path asks. */
const SAFETY = 1e-4;

/** Entries of the Gram matrices that exist at a time, which limits how many folds are solved together; threads may need more. */
const MOST_ENTRIES = 1 << 19;

/** Bytes that a fold takes an entry of its Gram matrix: the matrix, its factor or its reflections, and a copy for its errors. */
const BYTES_AN_ENTRY = 32;

/** One fold's path: its squared errors, or its errors where they had to be taken from the rows. */
type FoldPath = { readonly weight: number; readonly squares: readonly SquaredError[] } | FoldErrors;

/**
 * Cross-validates a gaussian path on sums: the moments of the rows left without a fold are those of all rows minus those of
 * the fold, standardizing them anew is a change of coordinates, and the fold's squared error is a quadratic form of its
 * moments. The numbers are those of `foldsByRows` to rounding (relative 1e-9, held by the tests).
 * A single fold that takes most of a column away is measured by rows.
 * @returns null where sums do not suffice: other families, more columns than rows, nothing penalised, values filled in that
 * each fold has to learn for itself, or predictions so good that their errors drown in rounding
 * Cost: rows columns^2 for all folds together, and a path on the Gram matrix for each.
 */
export function foldsBySums(folds: Folds, onProgress: (done: number) => void): FoldErrors[] | null {
  if (!sumsSuffice(folds)) return null;
  const all = new WholeMoments(folds);
  const paths: FoldPath[] = [];
  const together = togetherOf(folds);
  const numbers = [...folds.rows.keys()];
  while (paths.length < numbers.length) {
    const batch = numbers.slice(paths.length, paths.length + together);
    const found = all.scoped(() => all.foldPaths(batch));
    batch.forEach((fold, k) => {
      paths.push(found[k] ?? foldByRows(sourceOf(folds), fold));
      onProgress(paths.length);
    });
  }
  return allHaveDigits(paths, folds.lambdas.length) ? paths.map(toErrors) : null;
}

/** How many folds go along together: one for each thread, if they fit. No digit depends on it. */
function togetherOf({ engine, prepared }: Folds): number {
  const { columns } = prepared.problem.design;
  const fitting = Math.floor(MOST_ENTRIES / columns ** 2);
  const room = Math.floor(engine.wasm.available / (BYTES_AN_ENTRY * columns ** 2));
  return Math.max(1, fitting, Math.min(engine.pool.threads, room));
}

function sumsSuffice(folds: Folds): boolean {
  const { prepared, rows, lambdas } = folds;
  const { problem } = prepared;
  const fewest = rows.reduce((least, { held }) => Math.min(least, problem.y.length - held.length), Infinity);
  if (!problem.family.isQuadratic || problem.design.columns > fewest) return false;
  if (lambdas.some((lambda) => isUnpenalised(problem, lambda))) return false;
  return !fillsAreLearned(folds);
}

/** The moments of all training rows, from which folds are taken away. */
class WholeMoments {
  private readonly target: Float64Array;
  private readonly moments: Moments;

  constructor(private readonly folds: Folds) {
    const { problem } = folds.prepared;
    this.target = gaussianTarget(problem).centred;
    this.moments = momentsOf(problem.design, problem.v, this.target, normalEquations(problem).gram);
  }

  /** Gives back what `work` takes of the shared memory. */
  scoped<T>(work: () => T): T {
    return this.folds.engine.wasm.scoped(work);
  }

  /** Folds' squared errors along the path; null where the rest of one has lost its digits. */
  foldPaths(batch: readonly number[]): (FoldPath | null)[] {
    const { options, lambdas, prepared } = this.folds;
    const parts = batch.map((fold) => this.partOf(fold));
    const rests = batch.map((fold, k) => this.restOf(parts[k], fold));
    const violation = SAFETY * options.tolerance * prepared.problem.gradientScale;
    const solved = rests.flatMap((rest) => (rest === null ? [] : [rest.equations]));
    const stopping = { violation, maxIterations: options.maxIterations };
    const found = solveOnSums(solved, lambdas, stopping);
    let next = 0;
    return rests.map((rest, k) =>
      rest === null ? null : this.measure(batch[k], parts[k], rest, found[next++]),
    );
  }

  /** The moments of a fold's rows. */
  private partOf(fold: number): Moments {
    const { design, v } = this.folds.prepared.problem;
    const { held } = this.folds.rows[fold];
    return this.scoped(() => momentsOf(design.selectRows(held), gather(v, held), gather(this.target, held)));
  }

  private measure(fold: number, part: Moments, rest: RestOfFold, path: readonly LinearPoint[]): FoldPath {
    const { parts, rows } = this.folds;
    const errors = squaredErrors(part, rest.equations.dense, path.map(rest.predictor));
    return {
      weight: sum(gather(parts.train.w, rows[fold].held)),
      squares: errors.map((error) => scaled(error, part.weight)),
    };
  }

  private restOf(part: Moments, fold: number): RestOfFold | null {
    const { prepared, options } = this.folds;
    const { penalty } = prepared.problem;
    return restOfFold(without(this.moments, part), this.moments, {
      intercept: options.intercept,
      standardize: options.standardize,
      standardizeTarget: options.standardizeTarget,
      penalty,
      isConstant: (j) => isConstantWithout(this.folds, fold, j),
      symmetric: (gram) => this.symmetric(gram),
      dense: new Dense(prepared.problem.design.engine),
    });
  }

  private symmetric(gram: Float64Array): Symmetric {
    const { design } = this.folds.prepared.problem;
    return Symmetric.of(design.engine, gram, design.columns);
  }
}

/** Sums divided by the weight of the rows; a fold without weight has no error. */
function scaled({ sum, magnitude }: SquaredError, weight: number): SquaredError {
  return weight > 0 ? { sum: sum / weight, magnitude: magnitude / weight } : { sum: 0, magnitude: 0 };
}

/** Whether rounding is nothing beside the error at each lambda, all folds taken together. */
function allHaveDigits(paths: readonly FoldPath[], count: number): boolean {
  const bySums = paths.flatMap((path) => ('squares' in path ? [path] : []));
  return Array.from({ length: count }, (_, k) => {
    const total = (part: keyof SquaredError) =>
      bySums.reduce((s, { weight, squares }) => s + weight * squares[k][part], 0);
    return hasDigits({ sum: total('sum'), magnitude: total('magnitude') });
  }).every(Boolean);
}

function toErrors(path: FoldPath): FoldErrors {
  return 'squares' in path ? { weight: path.weight, errors: path.squares.map(({ sum }) => sum) } : path;
}
