import { ByteDictionary, HASH_BITS } from '../compiled/byte-dictionary.js';
import { decode } from '../compiled/text-cells.js';

/** How many distinct texts are cached; a column of names has too many to be useful. */
const MOST = 1 << 16;

/** The meanings of a column's texts; each distinct text is interpreted once. */
export class TextMeanings<T> {
  private dictionary = new ByteDictionary();
  private meanings: T[] = [];

  constructor(private readonly meaningOf: (text: string) => T) {}

  /**
   * The meaning of the cell at `places[2 * row]`.
   *
   * @param places two words a cell: where it begins in `bytes`; its length and hash
   * @throws NotPlain for a text that csv-parse might read otherwise
   */
  of(places: Uint32Array, row: number, bytes: Uint8Array): T {
    const from = places[2 * row];
    const length = places[2 * row + 1] >>> HASH_BITS;
    const hash = places[2 * row + 1] & ((1 << HASH_BITS) - 1);
    const known = this.dictionary.find(bytes, from, length, hash);
    if (known >= 0) return this.meanings[known];
    const meaning = this.meaningOf(decode(Buffer.copyBytesFrom(bytes, from, length)));
    if (this.dictionary.size === MOST) {
      this.dictionary = new ByteDictionary();
      this.meanings = [];
    }
    this.meanings[this.dictionary.add(bytes, from, length, hash)] = meaning;
    return meaning;
  }
}
