// When is a command of ours a cliff?
import { median } from '../statistics.js';

/** An objective that is larger than glmnet's by more than this share of the baseline's is more than rounding. */
export const WORSE = 1e-6;

/**
 * How a command compares with glmnet's, start-up taken off.
 *
 *     ratio = max(0, ours - startOurs) / (max(0, glmnet - startGlmnet) + startOurs)
 *
 * A start is the time of the same tool for a file with nothing to do. Above 1 ours is slower than glmnet by more than our own
 * start-up, which is what a few hundredths of a second of compiling are measured by.
 * @param {number} ours seconds of the whole command, and so on
 */
export function slowness(ours, glmnet, startOurs, startGlmnet) {
  return Math.max(0, ours - startOurs) / (Math.max(0, glmnet - startGlmnet) + startOurs);
}

/** Medians of some runs of one command: its seconds on the processor and on the wall. */
export function summary(runs) {
  return {
    cpu: median(runs.map(({ cpuSeconds, seconds }) => cpuSeconds ?? seconds)),
    wall: median(runs.map(({ seconds }) => seconds)),
    peakMB: median(runs.map(({ peakMB }) => peakMB ?? 0)),
    timedOut: runs.some(({ timedOut }) => timedOut),
  };
}

/**
 * A run without what R took to load glmnet, which it says itself. On a busy machine that is two seconds give or take one, and would
 * hide all that a small file takes.
 */
export function withoutLoading(run) {
  const [, cpu, wall] = /loaded after ([\d.]+) ([\d.]+)/.exec(run.messages) ?? [0, 0, 0];
  return { ...run, cpuSeconds: run.cpuSeconds - Number(cpu), seconds: run.seconds - Number(wall) };
}

/**
 * What is to be said against a measured draw, worst first; nothing where all is well.
 * @param {{failure: string | null, ours: object, glmnet: object, ratio: number, certified: number, solutions: number,
 *   worse: number | null}} result
 * @returns {string[]}
 */
export function complaints({ failure, ours, glmnet, ratio, certified, solutions, worse }) {
  if (failure !== null) return [failure];
  return [
    ...(ours.timedOut && !glmnet.timedOut ? ['ours did not end in time'] : []),
    ...(ratio > 1 && !glmnet.timedOut ? ['slower than glmnet by more than start-up'] : []),
    ...(certified < solutions
      ? [`${solutions - certified} of ${solutions} solutions are not certified`]
      : []),
    ...(worse === null || worse <= WORSE ? [] : [objectiveComplaint(worse)]),
  ];
}

function objectiveComplaint(worse) {
  if (Number.isNaN(worse)) return 'an objective is not a number';
  return `our objective is larger than glmnet's by ${worse.toExponential(1)} of the baseline`;
}
