import { NoRoom } from '../../errors.js';
import { machineMemory } from '../../runtime/machine-memory.js';
import type { WasmMemory } from '../../runtime/wasm-memory.js';
import { ColumnStore } from './column-store.js';

/** Where the numbers of a table end up. */
export interface NumberColumns {
  /**
   * Says where the kernels write the rows of a window, for each column the address of row 0, modulo 2^32. Call inside `scoped`.
   * @param firstRow, rows of the window
   */
  aim(targets: Uint32Array, firstRow: number, rows: number): void;
  /** Takes what the kernels have written of a window. */
  take(firstRow: number, rows: number): void;
  /** The first `rows` values of a column. */
  values(column: number, rows: number): Float64Array;
}

/** Columns that stay where the kernels write them. */
export class InnerColumns implements NumberColumns {
  constructor(
    private readonly wasm: WasmMemory,
    private readonly store: ColumnStore,
    private readonly address: number,
  ) {}

  aim(targets: Uint32Array): void {
    for (const column of this.store.columns) targets[column] = this.store.addressOf(column, this.address);
  }

  take(): void {}

  values(column: number, rows: number): Float64Array {
    return this.store.values(this.wasm, column, this.address, rows);
  }
}

/** Columns outside the kernels' memory; all threads can read them. */
export class OuterColumns implements NumberColumns {
  private readonly columns = new Map<number, Float64Array>();
  private window: { readonly store: ColumnStore; readonly address: number } | null = null;

  /** @param kinds a byte a column, 0 for numeric; followed as it changes. @throws NoRoom where the machine has no such memory */
  constructor(
    private readonly wasm: WasmMemory,
    all: ColumnStore,
    private readonly kinds: Uint8Array,
  ) {
    if (all.bytes > machineMemory()) throw new NoRoom(all.bytes, machineMemory());
    for (const column of all.columns) {
      this.columns.set(column, new Float64Array(new SharedArrayBuffer(8 * all.rows)));
    }
  }

  aim(targets: Uint32Array, firstRow: number, rows: number): void {
    const store = new ColumnStore(rows, this.kinds);
    const address = this.wasm.allocate(store.bytes);
    this.window = { store, address };
    for (const column of store.columns) targets[column] = store.addressOf(column, address) - 8 * firstRow;
  }

  take(firstRow: number, rows: number): void {
    const { store, address } = this.window!;
    for (const column of store.columns) {
      this.columns.get(column)!.set(store.values(this.wasm, column, address, rows), firstRow);
    }
  }

  values(column: number, rows: number): Float64Array {
    return this.columns.get(column)!.subarray(0, rows);
  }
}
