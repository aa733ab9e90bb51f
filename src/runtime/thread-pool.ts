import type { Worker } from 'node:worker_threads';
import { workerScript } from './built-file.js';
import { kernelModule, type WasmMemory } from './wasm-memory.js';

/** Words of the control block that main thread and workers share. */
export const CONTROL = {
  job: 0,
  lanes: 1,
  next: 2,
  scratch: 3,
  scratchSize: 4,
  operation: 5,
  firstState: 8,
} as const;

/**
 * A worker is starting, spinning for a job (idle), called to one, working, asleep until it is woken (which costs a system call), or failed.
 */
export const STATE = { starting: 0, idle: 1, called: 2, working: 3, asleep: 4, failed: 5 } as const;

/** Scratch bytes that each thread always has: enough for jobs that work block by block. */
const SCRATCH = 1 << 19;
/**
 * Number of threads that such scratch is reserved for, whether they exist or not: whether a fit fits must not depend on the number of
 * threads.
 */
export const MOST_THREADS = 16;
/** Bytes that the scratch of all threads may take in a job that needs more. Beyond that, fewer threads take part, but at least one. */
const MOST_SCRATCH = 1 << 28;
/** Bytes that the pool takes for as long as the memory lives. */
export const STANDING_SCRATCH = SCRATCH * MOST_THREADS;

/** Spin count before the caller blocks, and the longest single wait. */
const LOOKS = 20_000;
const PATIENCE_MS = 0.2;

/** Names of the job functions; a worker is told a job by its index here. */
export const OPERATIONS = [
  'gradientBlocks',
  'gradientColumns',
  'squareColumns',
  'predictBlocks',
  'predictRows',
  'gramBlocks',
  'gramTiles',
  'outerGramChunks',
  'outerGramTiles',
  'logisticBlocks',
  'predictMany',
  'gradientMany',
  'rotateVectors',
  'evaluateBlocks',
  'foldGradients',
  'manyResiduals',
  'manyErrors',
  'manyCurvatures',
  'rankingAreas',
  'standardizeColumns',
  'selectRows',
  'walkPaths',
  'quadraticForms',
  'ridgeTraces',
  'shiftedTraces',
  'tridiagonalizeEach',
  'roundBlocks',
  'logisticFloat32',
  'gradientBlocksFloat32',
  'foldGradientsFloat32',
  'gramBlocksFloat32',
  'gramTilesFloat32',
  'csvCount',
  'csvParse',
  'csvInsert',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a worker is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly thread: number;
}

/** Bytes that a thread's scratch takes beside what it always has. */
export function scratchBytes(scratch: number): number {
  return scratch <= SCRATCH ? 0 : Math.ceil(scratch / 4096) * 4096;
}

export interface RunOptions {
  readonly scratch?: number | undefined;
  readonly meanwhile?: (() => void) | undefined;
}

/** Scratch memory of a job: so many bytes for each of so many threads. */
interface Scratch {
  readonly address: number;
  readonly size: number;
  readonly threads: number;
}

/**
 * Threads that take the chunks (lanes) of a job as they become free. The caller works too, and returns when all chunks are done, so that
 * solvers are plain synchronous code. Workers that are still starting are not used.
 */
export class ThreadPool {
  private readonly control = new Int32Array(new SharedArrayBuffer(4 * 64));
  private readonly workers: Worker[] = [];
  /** Address of the scratch that threads always have. */
  private readonly scratch: number;
  private isHeld = false;

  /** @param most workers and the caller together, at most `MOST_THREADS` */
  constructor(
    private readonly wasm: WasmMemory,
    private readonly most: number,
  ) {
    this.scratch = wasm.allocate(STANDING_SCRATCH);
  }

  /** Workers and the caller together. */
  get threads(): number {
    return this.workers.length + 1;
  }

  /** Starts the workers, if there are none yet. */
  start(): void {
    const { wasm, most } = this;
    const found = this.threads < most ? workerScript('thread-worker') : null;
    if (found === null) return;
    // Small problems start no thread, and need not load node's worker module.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    for (let thread = this.threads; thread < most; thread++) {
      const start: WorkerStart = {
        module: kernelModule(),
        memory: wasm.memory,
        control: this.control,
        thread,
      };
      const worker = new Worker(found.script, { ...found.how, workerData: start });
      worker.unref();
      this.workers.push(worker);
    }
  }

  /**
   * Runs all lanes of a job.
   * @param job address of its arguments
   * @param scratch bytes of scratch memory that a thread needs. If the memory is not enough for all, fewer threads take part.
   * @param meanwhile what the caller does before it takes lanes too
   */
  run(operation: Operation, job: number, lanes: number, { scratch = 0, meanwhile }: RunOptions = {}): void {
    if (scratch <= SCRATCH) {
      this.runWith(
        operation,
        job,
        lanes,
        { address: this.scratch, size: SCRATCH, threads: this.threads },
        meanwhile,
      );
      return;
    }
    const { wasm } = this;
    wasm.scoped(() => {
      const size = scratchBytes(scratch);
      const fitting = Math.floor(Math.min(MOST_SCRATCH, wasm.available) / size);
      const threads = this.isHeld ? 1 : Math.max(1, Math.min(this.threads, lanes, fitting));
      const address = wasm.allocate(size * threads);
      this.runWith(operation, job, lanes, { address, size, threads }, meanwhile);
    });
  }

  private runWith(
    operation: Operation,
    job: number,
    lanes: number,
    { address, size, threads }: Scratch,
    meanwhile: (() => void) | undefined,
  ): void {
    const { control } = this;
    control[CONTROL.operation] = OPERATIONS.indexOf(operation);
    control[CONTROL.job] = job;
    control[CONTROL.lanes] = lanes;
    control[CONTROL.scratch] = address;
    control[CONTROL.scratchSize] = size;
    Atomics.store(control, CONTROL.next, 0);
    const called = lanes > 1 && !this.isHeld ? this.call(threads - 1) : [];
    const work = this.wasm.exports[operation];
    try {
      meanwhile?.();
    } finally {
      for (;;) {
        const lane = Atomics.add(control, CONTROL.next, 1);
        if (lane >= lanes) break;
        work(job, lane, lanes, address);
      }
      this.await(called, operation);
    }
  }

  /** Whether the caller takes all lanes. */
  get isAlone(): boolean {
    return this.isHeld || this.threads === 1;
  }

  /** Runs `work` with the caller as the only thread, while the others have other work. */
  alone(work: () => void): void {
    this.isHeld = true;
    try {
      work();
    } finally {
      this.isHeld = false;
    }
  }

  /** Waits for the workers that have started. The call to any other is cancelled, because waking it may take longer than the job. */
  private await(called: readonly number[], operation: Operation): void {
    const { control } = this;
    for (const state of called) {
      if (Atomics.compareExchange(control, state, STATE.called, STATE.idle) === STATE.called) continue;
      // The last chunk is nearly done, so spinning is cheaper than blocking, unless a worker got no processor.
      for (let look = 0; look < LOOKS && Atomics.load(control, state) === STATE.working; look++);
      while (Atomics.load(control, state) === STATE.working) {
        Atomics.wait(control, state, STATE.working, PATIENCE_MS);
      }
      if (Atomics.load(control, state) === STATE.failed) throw new Error(`a thread failed in ${operation}`);
    }
  }

  /** Ends the workers. */
  close(): void {
    for (const worker of this.workers) void worker.terminate();
  }

  /** Calls those of the first `count` workers that are free. */
  private call(count: number): number[] {
    const called: number[] = [];
    for (let k = 0; k < Math.min(count, this.workers.length); k++) {
      const state = CONTROL.firstState + k;
      if (Atomics.compareExchange(this.control, state, STATE.idle, STATE.called) !== STATE.idle) {
        if (Atomics.compareExchange(this.control, state, STATE.asleep, STATE.called) !== STATE.asleep)
          continue;
        Atomics.notify(this.control, state);
      }
      called.push(state);
    }
    return called;
  }
}
