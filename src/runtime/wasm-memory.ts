import { NoRoom } from '../errors.js';
import { kernelBytes } from './built-file.js';

/** What the compiled kernels export; addresses are bytes from the start of the memory. */
export interface KernelExports {
  readonly [job: string]: (job: number, lane: number, lanes: number, scratch: number) => void;
}

/** Kernels that are not jobs: small work, called on the main thread. */
interface DirectExports {
  reduceLanes(partial: number, count: number, lanes: number, out: number): void;
  forwardSolve(lower: number, stride: number, size: number, x: number): void;
  backwardSolve(lower: number, stride: number, size: number, x: number): void;
  solveOnSupport(q: number, set: number, count: number, b: number, x: number, enough: number): void;
  minimiseQuadratic(q: number, violation: number, maxSweeps: number): number;
  logisticLoss(rows: number, y: number, v: number, eta: number): number;
  largestExcess(
    gradient: number,
    factor: number,
    count: number,
    list: number,
    listed: number,
    lambda: number,
    l1Ratio: number,
  ): number;
  addRow(x: number, count: number, a: number, out: number): void;
  predictPanel(
    z: number,
    rows: number,
    subset: number,
    count: number,
    beta: number,
    eta: number,
    from: number,
    to: number,
  ): void;
  logisticPanel(
    rows: number,
    y: number,
    v: number,
    eta: number,
    residual: number,
    curvature: number,
    shift: number,
    sums: number,
  ): void;
}

/** 64-bit alignment of everything that is allocated. */
const ALIGNMENT = 16;
const PAGE = 65_536;
/** Or a divisor of it; results do not depend on it. */
const SYSTEM_PAGE = 4096;
/** As the compiled module declares it. */
const INITIAL_PAGES = 64;
/** The range of 32-bit addresses except the last page: the end of an allocation is an address too. */
export const MOST_BYTES = 2 ** 32 - PAGE;

let compiled: WebAssembly.Module | null = null;

/** The compiled kernels, read once, when they are first needed. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

/**
 * One WebAssembly memory that all threads share, allocated from the bottom up. Whatever is allocated inside `scoped` is freed at its end;
 * everything else lives as long as the memory. A view is valid until its memory is freed; growing keeps it valid.
 * @throws NoRoom from everything that allocates, when the memory is full or the system has none to give
 */
export class WasmMemory {
  readonly memory: WebAssembly.Memory;
  readonly exports: KernelExports & DirectExports;
  /** The buffer objects of the views so far: growth replaces the buffer, at once and again a little later. */
  private readonly buffers = new WeakSet<ArrayBufferLike>();
  private top = PAGE;
  private highest = PAGE;

  /** @param most bytes that may be allocated, the first page included; a small limit is for tests */
  constructor(readonly most: number = MOST_BYTES) {
    this.memory = newMemory(most);
    this.exports = instantiate(kernelModule(), this.memory) as unknown as KernelExports & DirectExports;
  }

  /** Address of `bytes` bytes. */
  allocate(bytes: number): number {
    const address = this.top;
    const top = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    if (top > this.most) throw new NoRoom(top, this.most);
    const missing = top - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(Math.ceil(missing / PAGE));
    this.top = top;
    if (top > this.highest) this.highest = top;
    return address;
  }

  private grow(pages: number): void {
    const { byteLength } = this.memory.buffer;
    try {
      this.memory.grow(pages);
    } catch {
      throw new NoRoom(byteLength + PAGE * pages, byteLength);
    }
  }

  /** Bytes that are in use. */
  get used(): number {
    return this.top;
  }

  /** Bytes that can still be allocated. */
  get available(): number {
    return this.most - this.top;
  }

  /** The most bytes that were in use at a time. */
  get highWater(): number {
    return this.highest;
  }

  /** The same, aligned to a system page, so that threads that write to separate pages do not interfere. */
  allocatePages(bytes: number): number {
    this.top = Math.ceil(this.top / SYSTEM_PAGE) * SYSTEM_PAGE;
    return this.allocate(bytes);
  }

  /** Allocates `length` doubles; not cleared. */
  doubles(length: number): Float64Array {
    return this.doublesAt(this.allocate(8 * length), length);
  }

  /** Allocates a copy of these numbers. */
  copyOf(values: ArrayLike<number>): Float64Array {
    const copy = this.doubles(values.length);
    copy.set(values);
    return copy;
  }

  /** Allocates `length` numbers of four bytes; not cleared. */
  fours<T>(type: new (buffer: ArrayBufferLike, address: number, length: number) => T, length: number): T {
    // Before reading the buffer, because allocating may replace it.
    const address = this.allocate(4 * length);
    return new type(this.memory.buffer, address, length);
  }

  /** A view of the doubles at an address. */
  doublesAt(address: number, length: number): Float64Array {
    const { buffer } = this.memory;
    this.buffers.add(buffer);
    return new Float64Array(buffer, address, length);
  }

  /** The address of a view of doubles; null if it belongs to another memory. */
  addressOf(view: Float64Array): number | null {
    return this.buffers.has(view.buffer) ? view.byteOffset : null;
  }

  /** Allocates and fills 32-bit words. */
  words(values: ArrayLike<number>): number {
    const address = this.allocate(4 * values.length);
    new Uint32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** Runs `work` and frees everything that it allocated. */
  scoped<T>(work: () => T): T {
    const mark = this.top;
    try {
      return work();
    } finally {
      this.top = mark;
    }
  }
}

/** Address space for all that may be allocated; the system gives memory for what is written to. */
function newMemory(most: number): WebAssembly.Memory {
  const maximum = Math.max(INITIAL_PAGES, Math.ceil(most / PAGE));
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared: true });
  } catch {
    throw new NoRoom(most, 0);
  }
}

/** An instance of the kernels on a shared memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}
