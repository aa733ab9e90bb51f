import { MOST_THREADS, ThreadPool } from './thread-pool.js';
import { WasmMemory } from './wasm-memory.js';

/** From this many cells on it pays off to start threads. */
const LARGE = 1 << 14;

/** The compiled kernels on one shared memory, with the threads that run them once they are started. */
export class Engine {
  readonly wasm: WasmMemory;
  readonly pool: ThreadPool;

  /** @param threads at most this many; @param most bytes of memory; a small limit is for tests */
  constructor(threads: number, most?: number) {
    this.wasm = new WasmMemory(most);
    this.pool = new ThreadPool(this.wasm, Math.min(threads, MOST_THREADS));
  }

  close(): void {
    this.pool.close();
  }

  /** Starts the threads for large work, if they are not there. The result does not depend on them. */
  startThreads(): this {
    this.pool.start();
    return this;
  }

  /** The same where a problem of this shape is worth it. */
  startThreadsFor(rows: number, columns: number): this {
    return rows * columns >= LARGE ? this.startThreads() : this;
  }
}
