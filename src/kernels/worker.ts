import { workerData } from 'node:worker_threads';
import { CONTROL, OPERATIONS, STATE, type WorkerStart } from './thread-pool.js';
import { instantiate } from './wasm-memory.js';

const { module, memory, control, thread } = workerData as WorkerStart;
const kernels = instantiate(module, memory);
const state = CONTROL.firstState + thread - 1;

for (;;) {
  Atomics.store(control, state, STATE.idle);
  Atomics.notify(control, state);
  Atomics.wait(control, state, STATE.idle);
  const work = kernels[OPERATIONS[control[CONTROL.operation]]];
  const scratch = control[CONTROL.scratch] + thread * control[CONTROL.scratchSize];
  const lanes = control[CONTROL.lanes];
  for (;;) {
    const lane = Atomics.add(control, CONTROL.next, 1);
    if (lane >= lanes) break;
    work(control[CONTROL.job], lane, lanes, scratch);
  }
}
