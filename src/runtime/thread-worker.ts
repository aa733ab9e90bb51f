import { workerData } from 'node:worker_threads';
import { CONTROL, OPERATIONS, STATE, type WorkerStart } from './thread-pool.js';
import { instantiate } from './wasm-memory.js';

const { module, memory, control, thread } = workerData as WorkerStart;
const kernels = instantiate(module, memory);
/**
 * Spin count before a worker blocks. Jobs follow closely, and waking a blocked worker takes longer than many of them; but spinning starves
 * other work.
 */
const LOOKS = 2000;

const state = CONTROL.firstState + thread - 1;

/** Spins for a few dozen microseconds, then blocks until there is a job. */
function lookOut(): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, state) === STATE.called) return;
  Atomics.compareExchange(control, state, STATE.idle, STATE.asleep);
  while (Atomics.load(control, state) === STATE.asleep) Atomics.wait(control, state, STATE.asleep);
}

Atomics.store(control, state, STATE.idle);
for (;;) {
  lookOut();
  // The call may have been cancelled.
  if (Atomics.compareExchange(control, state, STATE.called, STATE.working) !== STATE.called) continue;
  const work = kernels[OPERATIONS[control[CONTROL.operation]]];
  const scratch = control[CONTROL.scratch] + thread * control[CONTROL.scratchSize];
  const lanes = control[CONTROL.lanes];
  try {
    for (;;) {
      const lane = Atomics.add(control, CONTROL.next, 1);
      if (lane >= lanes) break;
      work(control[CONTROL.job], lane, lanes, scratch);
    }
  } catch (error) {
    // The caller waits for this worker, so it must learn of the failure.
    Atomics.store(control, state, STATE.failed);
    throw error;
  }
  Atomics.store(control, state, STATE.idle);
}
