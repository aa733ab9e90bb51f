import { DataError } from '../../errors.js';
import { peek } from './peek.js';
import { type ByteSource, rawBytes } from './source.js';

/** As many as tell what a file is. */
export const HEAD_BYTES = 16;

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
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'an old spreadsheet (.xls): export it as CSV'],
  [Buffer.from('%PDF'), 'a PDF: look for the table as CSV where it comes from'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'an image (PNG)'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'an image (JPEG)'],
  [Buffer.from('GIF8'), 'an image (GIF)'],
];

/** The same for formats of text. */
const OTHER_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:\{\s*"|\[\s*[{["]|\[\s*\n)/, 'JSON: convert it first, such as by jq -r with @csv'],
  [/^\s*<(?:!doctype|\?xml|html)/i, 'a web page or XML: look whether the download failed'],
];

/** What a file is that begins so, if it is known not to be CSV. */
function otherFormat(head: Buffer): string | undefined {
  const binary = OTHER_FORMATS.find(([magic]) => startsWith(head, magic));
  if (binary !== undefined) return binary[1];
  const text = head.toString('latin1', 0, HEAD_BYTES).replace(/^\xef\xbb\xbf/, '');
  return OTHER_TEXTS.find(([begin]) => begin.test(text))?.[1];
}

/**
 * The bytes of a source, unzipped when they begin as gzip does, whatever the file is called.
 * Throws DataError for gzip that is truncated or corrupt, and for other binary formats it knows.
 */
export async function* unzippedBytes(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { head, all, close } = await peek(rawBytes(source), HEAD_BYTES);
  const other = otherFormat(head);
  if (other !== undefined) {
    await close();
    throw new DataError(`${source.name}: is not CSV but ${other}`);
  }
  yield* startsWith(head, GZIP) ? gunzip(source.name, all) : all;
}

async function* gunzip(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [{ pipeline, Readable }, { createGunzip }] = await Promise.all([
    import('node:stream'),
    import('node:zlib'),
  ]);
  const unzip = createGunzip();
  // An error at either end destroys `unzip`, so the loop below throws it.
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
  return startsWith(head, GZIP) || otherFormat(head) !== undefined;
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}
