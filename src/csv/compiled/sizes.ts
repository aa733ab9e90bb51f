/** How a text is divided for reading. None of it changes what is read. */
export interface Sizes {
  /** Bytes of a window, of which there are two. */
  readonly window: number;
  /** Bytes in which line feeds are counted. */
  readonly piece: number;
  /** Bytes of a lane, at least. */
  readonly lane: number;
  /** Rows of a tile. */
  readonly tile: number;
  /** Bytes that the numbers may take of the kernels' memory. */
  readonly inside: number;
}

const MEBIBYTE = 1024 * 1024;
/** Fits the second level cache. */
const TILE_BYTES = 128 * 1024;
/**
 * What the numbers of a table may take of the four gigabytes that the kernels can address. Beyond, they are kept outside, and the kernels
 * get a window of them at a time: a fit needs the room for its designs.
 */
const MOST_INSIDE = 512 * MEBIBYTE;
const MAX_TILE_BYTES = 4 * MEBIBYTE;

/** Sizes by the shape of the file alone: never by the number of threads. */
export function sizesOf(columns: number, lineBytes: number): Sizes {
  const row = 8 * columns;
  const fits = Math.floor(TILE_BYTES / row / 8) * 8;
  const most = Math.max(1, Math.floor(MAX_TILE_BYTES / row));
  return {
    window: Math.min(32 * MEBIBYTE, Math.max(4 * MEBIBYTE, 8 * lineBytes)),
    piece: 32 * 1024,
    lane: 128 * 1024,
    // Eight doubles are a cache line.
    tile: Math.min(64, Math.max(8, fits), most),
    inside: MOST_INSIDE,
  };
}

/** Scratch bytes of a thread: a tile, its rows eight doubles apart. */
export function tileBytes(columns: number, sizes: Sizes): number {
  return 8 * (columns + 8) * sizes.tile;
}
