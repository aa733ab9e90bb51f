import type { Sizes } from './sizes.js';
import type { Window } from './windows.js';

/** Line feeds of a window: how many, and where the first one is, piece by piece. */
export interface LineFeeds {
  readonly total: number;
  /** Two words a piece: how many; address of the first, or 0. */
  readonly pieces: Uint32Array;
}

/** Whole rows of a window: addresses, row numbers. */
export interface Lane {
  readonly from: number;
  readonly to: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/**
 * Cuts a window into chunks (lanes) of whole rows. A chunk ends at the first line feed of a piece, so only line feeds need be counted. It
 * has enough rows for a tile; if rows are long it ends with a tile.
 */
export function cutLanes(
  window: Window,
  { pieces, total }: LineFeeds,
  firstRow: number,
  sizes: Sizes,
): Lane[] {
  const lanes: Lane[] = [];
  let lane = { from: window.from, firstRow };
  let row = firstRow;
  for (let k = 0; k < pieces.length; k += 2) {
    const [count, feed] = [pieces[k], pieces[k + 1]];
    if (count === 0) continue;
    const next = { from: feed + 1, firstRow: row + 1 };
    const rows = next.firstRow - lane.firstRow;
    const aligned = count > 8 || next.firstRow % 8 === 0;
    if (next.from - lane.from >= sizes.lane && rows >= sizes.tile && aligned) {
      lanes.push({ ...lane, to: next.from, lastRow: next.firstRow });
      lane = next;
    }
    row += count;
  }
  const last = firstRow + total;
  if (last > lane.firstRow) lanes.push({ ...lane, to: window.to, lastRow: last });
  return lanes;
}
