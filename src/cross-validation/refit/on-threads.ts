import { Worker } from 'node:worker_threads';
import { workerScript } from '../../runtime/built-file.js';
import type { FoldErrors, FoldSource, Folds } from '../folds.js';
import { allColumnsOf, foldByRows, foldsByRows, sourceOf } from './refit.js';
import { type FoldAnswer, packFolds } from './task.js';

/** Bytes that the copies of the rows in all threads may take together. */
const MOST_BYTES = 2 ** 31;

/**
 * `foldsByRows` with a whole fold in each thread, each on kernels of its own: the steps of one fold are too short to be divided.
 * The caller takes folds too. A fold that a thread failed at is done again here, and throws here.
 */
export async function foldsOnThreads(
  folds: Folds,
  onProgress: (done: number) => void,
  chosen: FoldSource['chosen'] = allColumnsOf(folds),
): Promise<FoldErrors[]> {
  const { engine, rows } = folds;
  const source = sourceOf(folds, chosen);
  const worker = workerScript('fold-worker');
  const helpers = helpersFor(folds);
  if (worker === null || helpers < 1) return foldsByRows(folds, onProgress, chosen);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const found = new Map<number, FoldErrors>();
  const take = ({ fold, errors }: FoldAnswer) => {
    found.set(fold, errors);
    onProgress(found.size);
  };
  const task = packFolds(source, next);
  const { script, how } = worker;
  const workers = Array.from({ length: helpers }, () => new Worker(script, { ...how, workerData: task }));
  try {
    const ends = workers.map((worker) => ended(worker, take));
    engine.pool.alone(() => {
      for (let fold = Atomics.add(next, 0, 1); fold < rows.length; fold = Atomics.add(next, 0, 1)) {
        take({ fold, errors: foldByRows(source, fold) });
      }
    });
    await Promise.all(ends);
    return rows.map((_, fold) => found.get(fold) ?? foldByRows(source, fold));
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}

function helpersFor({ prepared, rows, engine: { pool } }: Folds): number {
  const { design } = prepared.problem;
  const copies = Math.floor(MOST_BYTES / (8 * design.rows * design.columns));
  return Math.min(pool.threads - 1, rows.length - 1, copies);
}

/** Takes the worker's answers; resolves when it has ended, well or not. */
function ended(worker: Worker, take: (answer: FoldAnswer) => void): Promise<void> {
  return new Promise((resolve) => {
    worker.on('message', take);
    worker.on('error', () => resolve());
    worker.on('exit', () => resolve());
  });
}
