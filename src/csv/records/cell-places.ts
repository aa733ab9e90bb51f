/** How the value of a cell follows from its bytes. */
export const CELL = {
  /** White space at the end is not part of the value. */
  bare: 0,
  /** The value is the text between the quotes. */
  quoted: 1,
  /** The same, with doubled quotes that stand for one. */
  doubled: 2,
} as const;

/** Where the cells of one record are, as places in a text. Grows with the widest record, and is used again for the next. */
export class CellPlaces {
  count = 0;
  /** The whole cell, white space and quotes included: from after one delimiter to the next. */
  rawFrom = new Int32Array(64);
  rawTo = new Int32Array(64);
  /** Its value, as `kind` says. */
  from = new Int32Array(64);
  to = new Int32Array(64);
  kind = new Uint8Array(64);

  push(rawFrom: number, rawTo: number, from: number, to: number, kind: number): void {
    if (this.count === this.kind.length) this.grow();
    const k = this.count++;
    this.rawFrom[k] = rawFrom;
    this.rawTo[k] = rawTo;
    this.from[k] = from;
    this.to[k] = to;
    this.kind[k] = kind;
  }

  private grow(): void {
    const longer = (places: Int32Array) => {
      const copy = new Int32Array(2 * places.length);
      copy.set(places);
      return copy;
    };
    this.rawFrom = longer(this.rawFrom);
    this.rawTo = longer(this.rawTo);
    this.from = longer(this.from);
    this.to = longer(this.to);
    const kind = new Uint8Array(2 * this.kind.length);
    kind.set(this.kind);
    this.kind = kind;
  }
}
