// Loaded before shrinkfit (node --import): notes when the main thread is inside a compiled kernel, and writes it down at the
// end. Kernels are called by the name of their job and the number of a lane, a few hundred or thousand times in a fit.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const calls = [];
const { Instance } = WebAssembly;

function watched(name, kernel) {
  return (...args) => {
    const from = performance.now();
    const result = kernel(...args);
    calls.push([name, from, performance.now()]);
    return result;
  };
}

/** An instance whose functions note their calls. */
class WatchedInstance extends Instance {
  #exports = Object.fromEntries(
    Object.entries(super.exports).map(([name, it]) => [
      name,
      typeof it === 'function' ? watched(name, it) : it,
    ]),
  );

  get exports() {
    return this.#exports;
  }
}

if (isMainThread) {
  WebAssembly.Instance = WatchedInstance;
  process.on('exit', () => {
    writeFileSync(process.env.BENCH_CALLS, JSON.stringify({ calls, end: performance.now() }));
  });
}
