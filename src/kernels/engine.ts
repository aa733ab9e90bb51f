import { ThreadPool } from './thread-pool.js';
import { WasmMemory } from './wasm-memory.js';

/** Cells above which compiled kernels are worth their start. It decides by the problem alone, never by the machine. */
const LARGE = 1 << 17;

/** More threads than this share no more work. */
const MAX_THREADS = 16;

/** The compiled kernels on one shared memory, with the threads that run them. */
export class Engine {
  readonly wasm = new WasmMemory();
  readonly pool: ThreadPool;

  constructor(threads: number) {
    this.pool = new ThreadPool(this.wasm, Math.min(threads, MAX_THREADS));
  }

  close(): void {
    this.pool.close();
  }

  /** Whether a problem of this shape is solved by the compiled kernels. */
  static pays(rows: number, columns: number): boolean {
    return rows * columns >= LARGE;
  }
}
