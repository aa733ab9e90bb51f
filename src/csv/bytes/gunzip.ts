import { DataError } from '../../errors.js';
import { peek } from './peek.js';
import { type ByteSource, rawBytes } from './source.js';

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Formats that are often mistaken for CSV, by their first bytes. */
const OTHER_FORMATS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('PK\x03\x04'), 'a zip archive or a spreadsheet (.xlsx, .ods): export it as CSV'],
  [Buffer.from('PAR1'), 'a Parquet file: export it as CSV'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'compressed with zstd: pipe the output of zstdcat in, with "-"'],
  [
    Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
    'compressed with xz: pipe the output of xzcat in, with "-"',
  ],
  [Buffer.from('BZh9'), 'compressed with bzip2: pipe the output of bzcat in, with "-"'],
];

/**
 * The bytes of a source, unzipped when they begin as gzip does, whatever the file is called.
 * Throws DataError for gzip that is truncated or corrupt, and for other binary formats it knows.
 */
export async function* unzippedBytes(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { head, all, close } = await peek(rawBytes(source), 8);
  const other = OTHER_FORMATS.find(([magic]) => startsWith(head, magic));
  if (other !== undefined) {
    await close();
    throw new DataError(`${source.name}: is not CSV but ${other[1]}`);
  }
  yield* startsWith(head, GZIP) ? gunzip(source.name, all) : all;
}

async function* gunzip(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [{ pipeline, Readable }, { createGunzip }] = await Promise.all([
    import('node:stream'),
    import('node:zlib'),
  ]);
  const unzip = createGunzip();
  // A failure of either end destroys `unzip`, so that the loop below throws it.
  pipeline(Readable.from(chunks), unzip, () => {});
  try {
    yield* unzip;
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === undefined || !code.startsWith('Z_')) throw error;
    const state = code === 'Z_BUF_ERROR' ? 'ends too early (truncated)' : 'is corrupt';
    throw new DataError(`${name}: the gzip data ${state}; fetch or compress the file again`);
  }
}

/** Whether the first bytes are those of gzip or of another format that is not CSV. */
export function isPacked(head: Buffer): boolean {
  return startsWith(head, GZIP) || OTHER_FORMATS.some(([magic]) => startsWith(head, magic));
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}
