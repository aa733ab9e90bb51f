import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../../runtime/engine.js';
import { foldByRows } from './refit.js';
import { type FoldAnswer, type FoldTask, unpackFolds } from './task.js';

const task = workerData as FoldTask;
// Kernels and memory of its own: a fold's digits do not depend on who does it.
const source = unpackFolds(task, new Engine(1));

for (;;) {
  const fold = Atomics.add(task.next, 0, 1);
  if (fold >= task.rows.length) break;
  const answer: FoldAnswer = { fold, errors: foldByRows(source, fold) };
  parentPort?.postMessage(answer);
}
