import { MOST_THREADS, ThreadPool } from './thread-pool.js';
import { WasmMemory } from './wasm-memory.js';

/** Cells above which compiled kernels are worth their start. It decides by the problem alone, never by the machine. */
const LARGE = 1 << 14;

/** The compiled kernels on one shared memory, with the threads that run them. */
export class Engine {
  readonly wasm: WasmMemory;
  readonly pool: ThreadPool;

  /** @param threads at most so many; @param most bytes of memory; less than there is makes walls testable */
  constructor(threads: number, most?: number) {
    this.wasm = new WasmMemory(most);
    this.pool = new ThreadPool(this.wasm, Math.min(threads, MOST_THREADS));
  }

  close(): void {
    this.pool.close();
  }

  /** Whether a problem of this shape is solved by the compiled kernels. */
  static pays(rows: number, columns: number): boolean {
    return rows * columns >= LARGE;
  }
}
