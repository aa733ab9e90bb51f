/**
 * The line on which each row begins. Rows mostly follow line by line, so only the rows that do not are stored.
 */
export class LineIndex {
  private readonly rows: number[] = [];
  private readonly lines: number[] = [];
  private count = 0;
  private expected = 0;

  /** Appends the next row. */
  push(line: number): void {
    if (line !== this.expected || this.count === 0) {
      this.rows.push(this.count);
      this.lines.push(line);
    }
    this.count++;
    this.expected = line + 1;
  }

  get length(): number {
    return this.count;
  }

  /** The 1-based line of a row that has been pushed. Cost: a binary search in the irregular rows. */
  lineOf(row: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return this.lines[low] + (row - this.rows[low]);
  }
}
