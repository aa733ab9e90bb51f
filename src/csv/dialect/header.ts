/** The columns of a file by name, and which names are not as they stand in the header. */
export interface Header {
  /** One a column, each of them once. */
  readonly names: readonly string[];
  /** Names that columns without a name were given: `column 3`. */
  readonly nameless: readonly string[];
  /** Names that stand in the header more than once, and those that the columns behind the first were given: `age (2)`. */
  readonly doubled: ReadonlyMap<string, readonly string[]>;
}

/** The columns of a header record: a column without a name is called by its place, of equal names all but the first get a number. */
export function headerOf(cells: readonly string[]): Header {
  const nameless: string[] = [];
  const doubled = new Map<string, string[]>();
  const taken = new Set(cells);
  const seen = new Set<string>();
  const tried = new Map<string, number>();
  const names = cells.map((cell, index) => {
    const isNamed = cell.trim() !== '';
    if (isNamed && !seen.has(cell)) {
      seen.add(cell);
      return cell;
    }
    const name = freeName(isNamed ? cell : `column ${index + 1}`, taken, tried);
    taken.add(name);
    if (!isNamed) nameless.push(name);
    else if (doubled.has(cell)) doubled.get(cell)!.push(name);
    else doubled.set(cell, [name]);
    return name;
  });
  return { names, nameless, doubled };
}

/** @param tried the last number given to each name, so that many equal names take no more than linear time */
function freeName(name: string, taken: ReadonlySet<string>, tried: Map<string, number>): string {
  if (!taken.has(name)) return name;
  let number = (tried.get(name) ?? 1) + 1;
  while (taken.has(`${name} (${number})`)) number++;
  tried.set(name, number);
  return `${name} (${number})`;
}

/** The columns of a file without header: x1, x2, ... */
export function numberedHeader(count: number): Header {
  const names = Array.from({ length: count }, (_, index) => `x${index + 1}`);
  return { names, nameless: [], doubled: new Map() };
}
