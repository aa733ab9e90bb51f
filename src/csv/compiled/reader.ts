import type { Engine } from '../../runtime/engine.js';
import type { StoredBytes } from '../bytes/stored-bytes.js';
import type { Column, Table } from '../columns/table.js';
import { ColumnStore } from './column-store.js';
import { cutLanes, type LineFeeds } from './lanes.js';
import { mustBePlain } from './not-plain.js';
import { InnerColumns, type NumberColumns, OuterColumns } from './number-columns.js';
import { ParseJob } from './parse-job.js';
import type { PlainPlan, PlainRequest } from './plan.js';
import type { Sizes } from './sizes.js';
import { TextCells } from './text-cells.js';
import { type Window, Windows } from './windows.js';

const TEXT = 1;

/** What one pass over the rows has found. */
interface Pass {
  readonly rows: number;
  readonly job: ParseJob;
  /** The texts of each text column. */
  readonly texts: ReadonlyMap<number, TextCells>;
}

/** Extra rows beyond the estimate from the first window. */
const MARGIN = 1.05;

/**
 * Reads the rows of a plain file in one pass: the first window gives an estimate of the number of rows. If there are more, the lines are
 * counted and the rows are read again.
 */
export class PlainReader {
  private readonly forced: readonly boolean[];
  /** A byte a column: 1 for text. */
  private readonly kinds: Uint8Array;

  constructor(
    private readonly bytes: StoredBytes,
    private readonly plan: PlainPlan,
    private readonly request: PlainRequest,
    private readonly engine: Engine,
    private readonly sizes: Sizes,
  ) {
    this.forced = plan.names.map((name) => request.text.has(name));
    // The kernels know the common rules only.
    this.kinds = Uint8Array.from(plan.names, (name, k) =>
      this.forced[k] || request.rules.hasOwn(name) ? TEXT : 0,
    );
  }

  /** The table; its numbers stay in the engine's memory. @throws NotPlain, with the memory given back */
  read(): Table {
    const { wasm } = this.engine;
    mustBePlain(this.plan.start < this.plan.end);
    const expected = wasm.scoped(() => this.expectedRows());
    const table = this.readRows(expected) ?? this.readRows(wasm.scoped(() => this.countRows()));
    // The file may have changed since its rows were counted.
    mustBePlain(table !== null);
    return table;
  }

  /** The table, if there is room for its rows. */
  private readRows(room: number): Table | null {
    const { wasm } = this.engine;
    const store = new ColumnStore(room, this.kinds);
    const isInside = store.bytes <= this.sizes.inside;
    const found = wasm.scoped(() => {
      const address = isInside ? wasm.allocate(store.bytes) : 0;
      const numbers = isInside
        ? new InnerColumns(wasm, store, address)
        : new OuterColumns(wasm, store, this.kinds);
      const pass = this.fill(room, numbers);
      return pass && { numbers, address, ...pass };
    });
    if (found === null) return null;
    const { numbers, address, rows, texts, missing } = found;
    // Memory that was allocated first and freed last has the same address again: now the columns stay.
    mustBePlain(!isInside || wasm.allocate(store.bytes) === address);
    const lineOf = (row: number) => this.plan.firstLine + row;
    const columns = this.plan.names.map((name, index): Column => {
      const cells = texts.get(index);
      if (cells !== undefined) return cells.finish(name, this.forced[index], lineOf);
      const values = numbers.values(index, rows);
      return { kind: 'numeric', name, values, missing: missing[index] };
    });
    const { header, sepLine } = this.plan;
    return { source: this.request.source, rows, columns, sepLine, header, lineOf };
  }

  /** How many rows to make room for; finds out by the first ones which columns look like text. */
  private expectedRows(): number {
    const { windows, job } = this.begin();
    const window = windows.next();
    mustBePlain(window !== null);
    const lines = job.countLines(window);
    this.probe(windows, job, window, lines);
    const share = (this.plan.end - this.plan.start) / (window.to - window.from);
    return share <= 1 ? lines.total : Math.ceil(MARGIN * share * lines.total);
  }

  private countRows(): number {
    const { windows, job } = this.begin();
    let rows = 0;
    for (let window = windows.next(); window !== null; window = windows.next()) {
      rows += job.countLines(window).total;
    }
    return rows;
  }

  private probe(windows: Windows, job: ParseJob, window: Window, lines: LineFeeds): void {
    const { wasm } = this.engine;
    const lane = cutLanes(window, lines, 0, this.sizes)[0];
    wasm.scoped(() => {
      const bytes = 8 * lane.lastRow;
      const address = wasm.allocate(bytes * this.kinds.length);
      for (let column = 0; column < this.kinds.length; column++) {
        job.targets[column] = address + bytes * column;
      }
      job.run([lane]);
      this.resolve(windows, job);
    });
    this.markTexts(job);
  }

  /** Marks columns with texts as text; false if there are no new ones. */
  private markTexts(job: ParseJob): boolean {
    let found = false;
    job.others.forEach((other, column) => {
      if (other === 0) return;
      this.kinds[column] = TEXT;
      found = true;
    });
    return found;
  }

  /** Fills the columns, again if columns that started as numbers turn out to be text. Null if there is no room for all rows. */
  private fill(room: number, numbers: NumberColumns) {
    for (;;) {
      const pass = this.engine.wasm.scoped(() => this.pass(room, numbers));
      if (pass === null) return null;
      const { rows, job, texts } = pass;
      const missing = job.missing.slice();
      if (!this.markTexts(job)) return { rows, texts, missing };
    }
  }

  private pass(room: number, numbers: NumberColumns): Pass | null {
    const { windows, job } = this.begin();
    const texts = new Map<number, TextCells>();
    this.kinds.forEach((kind, column) => {
      if (kind === TEXT)
        texts.set(column, new TextCells(room, this.request.rules.of(this.plan.names[column])));
    });
    let rows = 0;
    for (let window = windows.next(); window !== null; window = windows.next()) {
      const lines = job.countLines(window);
      if (rows + lines.total > room) return null;
      const [text, first] = [window, rows];
      this.engine.wasm.scoped(() => this.parse(windows, job, numbers, texts, text, lines, first));
      rows += lines.total;
    }
    return { rows, job, texts };
  }

  private parse(
    windows: Windows,
    job: ParseJob,
    numbers: NumberColumns,
    texts: ReadonlyMap<number, TextCells>,
    window: Window,
    lines: LineFeeds,
    row: number,
  ): void {
    const { wasm } = this.engine;
    const bytes = 8 * lines.total;
    numbers.aim(job.targets, row, lines.total);
    const places = wasm.allocate(bytes * texts.size);
    const columns = [...texts.keys()];
    columns.forEach((column, k) => {
      job.targets[column] = places + bytes * k - 8 * row;
    });
    job.run(cutLanes(window, lines, row, this.sizes), () => windows.readAhead());
    this.resolve(windows, job);
    numbers.take(row, lines.total);
    columns.forEach((column, k) => {
      const found = new Uint32Array(wasm.memory.buffer, places + bytes * k, 2 * lines.total);
      texts.get(column)!.append(found, windows.view);
    });
  }

  /** Reads the cells whose nearest double the kernels did not decide. */
  private resolve(windows: Windows, job: ParseJob): void {
    const { wasm } = this.engine;
    for (const { row, column, from, to } of job.undecidedCells()) {
      const text = windows.view.toString('latin1', from - windows.base, to - windows.base);
      const value = this.request.rules.common.toNumber(text);
      if (Number.isNaN(value)) job.others[column] = 1;
      else wasm.doublesAt((job.targets[column] + 8 * row) % 2 ** 32, 1)[0] = value;
    }
  }

  private begin(): { windows: Windows; job: ParseJob } {
    const { engine, plan, request, sizes } = this;
    const windows = new Windows(engine.wasm, this.bytes, sizes.window, plan.start, plan.end);
    const job = new ParseJob(engine, plan, request, sizes, windows.base);
    job.kinds.set(this.kinds);
    return { windows, job };
  }
}
