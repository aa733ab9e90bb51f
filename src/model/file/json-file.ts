import { readWhole } from '../../csv/bytes/pipe.js';
import { unreadable } from '../../csv/bytes/source.js';
import { DataError } from '../../errors.js';
import { validator } from '../../validators.js';
import { shortened } from '../../words.js';

/** The text of a file. @throws DataError where it cannot be read */
export async function readTextFile(path: string): Promise<string> {
  try {
    return (await readWhole(path)).toString('utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The value that a JSON text stands for.
 * @param source what to call the text; @param remedy where such a file comes from
 * @throws DataError if it is truncated or something else
 */
export function parseJson(text: string, source: string, remedy: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const whole = /[}\]]$/.test(text.trimEnd());
    const why =
      text.trim() === '' ? 'is empty' : whole ? 'is not JSON' : 'ends too early: it was cut, or is not JSON';
    throw new DataError(`${source}: ${why} (${shortened((error as Error).message, MOST)}); ${remedy}`);
  }
}

/** The parser quotes what it met, which may be a whole line of a megabyte. */
const MOST = 160;

/** The `schema` that a value names; null where it names none. */
export function schemaName(content: unknown): string | null {
  const name =
    typeof content === 'object' && content !== null ? (content as { schema?: unknown }).schema : null;
  return typeof name === 'string' ? name : null;
}

/**
 * Validates a value with one of the published schemas.
 * @param file its name in schema/
 * @throws DataError with the first place that is invalid
 */
export function checkSchema(content: unknown, file: 'model' | 'fit', source: string, remedy: string): void {
  const validate = validator(file);
  if (validate(content)) return;
  const [{ instancePath, message }] = validate.errors!;
  throw new DataError(
    `${source}: does not have the layout of ${schemaName(content)}: ${shortened(instancePath, MOST) || 'the file'} ${message}; ${remedy}`,
  );
}
