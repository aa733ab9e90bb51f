import type { WasmMemory } from '../../runtime/wasm-memory.js';

const LINE = 64;

/** Where the numeric columns of a table are in the shared memory: one after the other, each starting on a cache line. */
export class ColumnStore {
  /** Bytes from one column to the next: an odd number of cache lines, so that rows spread over the sets of a cache. */
  private readonly stride: number;
  private readonly order = new Map<number, number>();

  /**
   * @param rows for how many there is room
   * @param kinds a byte a column, 0 for numeric
   */
  constructor(
    readonly rows: number,
    kinds: Uint8Array,
  ) {
    kinds.forEach((kind, column) => {
      if (kind === 0) this.order.set(column, this.order.size);
    });
    this.stride = (Math.ceil((8 * rows) / LINE) | 1) * LINE;
  }

  /** The columns that it holds. */
  get columns(): Iterable<number> {
    return this.order.keys();
  }

  /** Bytes of all columns, with room to begin at a cache line. */
  get bytes(): number {
    return this.order.size * this.stride + LINE;
  }

  /** The address of a column, given that of the store. */
  addressOf(column: number, store: number): number {
    return Math.ceil(store / LINE) * LINE + this.order.get(column)! * this.stride;
  }

  /** The first `rows` values of a column: a view. */
  values(wasm: WasmMemory, column: number, store: number, rows: number): Float64Array {
    return wasm.doublesAt(this.addressOf(column, store), rows);
  }
}
