import { curvaturesAt, type WeightRatios } from '../design/curvatures.js';
import { gather, sum } from '../linalg/vector.js';
import { linearPredictor, type Problem } from '../problem/problem.js';
import type { Solution } from '../solvers/solver.js';
import { curvatureSegments, matrixWork, type Segment, worthwhile } from './curvature-segments.js';
import type { SupportRequest } from './support-groups.js';
import { supportTraces } from './support-traces.js';

/** Rows whose weights decide how a path is divided. */
const SAMPLE = 256;

/** Degrees of freedom, and a bound on their error; 0 if they are exact up to rounding. */
export interface DegreesOfFreedom {
  readonly df: number;
  readonly error: number;
}

/** A solution, its columns and its ridge. */
export interface CurvedPoint {
  readonly solution: Solution;
  readonly columns: Int32Array;
  readonly strength: number;
}

/**
 * Traces where the Hessian changes along the path, by the curvature W of the loss at each solution. A matrix for each is exact. Where that
 * would cost about as much as the fit, neighbours share the matrix H0 at the weights W0 of one of them: if all ratios of W to W0 are
 * between a and b then a H0 <= H <= b H0, and as the trace rises with the matrix it is between those of a H0 and b H0. What is given is that
 * of H0 scaled to the sum of the weights, and how far the farther of these two is from it.
 * @param work multiplications that matrices may take; at least one is made
 * Cost: rows |A|^2 / 2 and what `supportTraces` says for each matrix; see `curvatureSegments` for how many there are.
 */
export function curvatureTraces(
  problem: Problem,
  points: readonly CurvedPoint[],
  work: number = worthwhile(
    problem.design.rows,
    points.map(({ columns }) => columns.length),
  ),
): DegreesOfFreedom[] {
  const found: DegreesOfFreedom[] = new Array(points.length);
  for (const segment of segmentsOf(problem, points, work)) {
    const some = segment.members.map((k) => points[k]);
    const traces =
      segment.node === null ? exactTraces(problem, some) : boundedTraces(problem, some, points[segment.node]);
    segment.members.forEach((k, i) => {
      found[k] = traces[i];
    });
  }
  return found;
}

function segmentsOf(problem: Problem, points: readonly CurvedPoint[], work: number): Segment[] {
  const { rows } = problem.design;
  const sizes = points.map(({ columns }) => columns.length);
  if (matrixWork(rows, sizes) <= work) return [{ members: points.map((_, k) => k), node: null }];
  return problem.design.engine.wasm.scoped(() => {
    const sample = sampleOf(problem);
    const weights = points.map(({ solution }) => curvatureAt(sample, solution));
    return curvatureSegments(rows, sizes, weights, work);
  });
}

/** The problem on some of its rows, evenly spread. */
function sampleOf(problem: Problem): Problem {
  const { design, y, v, offset } = problem;
  const step = Math.floor(design.rows / SAMPLE);
  if (step <= 1) return problem;
  const rows = Int32Array.from({ length: Math.floor(design.rows / step) }, (_, i) => i * step);
  const pick = (x: Float64Array) => gather(x, rows);
  return { ...problem, design: design.selectRows(rows), y: pick(y), v: pick(v), offset: pick(offset) };
}

/** Each at its own matrix. */
function exactTraces(problem: Problem, points: readonly CurvedPoint[]): DegreesOfFreedom[] {
  const found: DegreesOfFreedom[] = [];
  eachCurvature(problem, points, null, (w, _, { columns, strength }) => {
    const [[df]] = supportTraces(problem, w, [{ columns, strengths: [strength] }]);
    found.push({ df, error: 0 });
  });
  return found;
}

/** All at the matrix of one of them. */
function boundedTraces(
  problem: Problem,
  points: readonly CurvedPoint[],
  node: CurvedPoint,
): DegreesOfFreedom[] {
  const shared = curvatureAt(problem, node.solution);
  const reference = sum(shared);
  const requests: SupportRequest[] = [];
  const ends: WeightRatios[] = [];
  eachCurvature(problem, points, shared, (_, ratios, { columns, strength }) => {
    ends.push(ratios);
    const scale = reference > 0 && ratios.total > 0 ? ratios.total / reference : 1;
    // If a weight vanishes relative to the other, only 0 and the number of columns bound the trace.
    const low = ratios.least > 0 && ratios.least < Infinity ? ratios.least : scale;
    const high = ratios.most > 0 && ratios.most < Infinity ? ratios.most : scale;
    requests.push({ columns, strengths: [scale, low, high].map((by) => strength / by) });
  });
  return supportTraces(problem, shared, requests).map(([df, low, high], k) => {
    const least = ends[k].least > 0 ? low : 0;
    const most = ends[k].most < Infinity ? high : points[k].columns.length;
    return { df, error: Math.max(df - Math.max(least, 0), Math.min(most, points[k].columns.length) - df, 0) };
  });
}

function curvatureAt(problem: Problem, { intercept, beta }: Solution): Float64Array {
  const w = new Float64Array(problem.v.length);
  problem.family.curvature(linearPredictor(problem, intercept, beta), problem.v, w);
  return w;
}

/**
 * The weights of each point, in one pass over the data for several.
 * @param reference weights of another point, to which each stands in some ratio; null for none
 * @param look must not keep the weights
 */
function eachCurvature(
  problem: Problem,
  points: readonly CurvedPoint[],
  reference: Float64Array | null,
  look: (w: Float64Array, ratios: WeightRatios, point: CurvedPoint) => void,
): void {
  const { design, v } = problem;
  const { blocks } = design;
  if (blocks !== null) {
    const solutions = points.map(({ solution }) => solution);
    curvaturesAt({ ...problem, design: blocks }, v, solutions, reference, (w, ratios, k) => {
      // Loops over shared memory are slower than over a copy.
      look(reference === null ? w.slice() : w, ratios, points[k]);
    });
    return;
  }
  for (const point of points) {
    const w = curvatureAt(problem, point.solution);
    look(w, ratiosOf(w, reference ?? w), point);
  }
}

/** How far weights are from others in ratio, and their sum. */
function ratiosOf(w: Float64Array, u: Float64Array): WeightRatios {
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < w.length; i++) {
    if (w[i] === 0 && u[i] === 0) continue;
    least = Math.min(least, w[i] / u[i]);
    most = Math.max(most, w[i] / u[i]);
  }
  return { least, most, total: sum(w) };
}
