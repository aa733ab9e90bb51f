import { ShrinkfitError, shortageIn } from '../errors.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import { tell } from './streams/messages.js';

/** Prints an error to standard error: a line for an expected one, the stack trace for a bug. Returns the exit code. */
export function reportFailure(error: unknown, stderr: NodeJS.WritableStream): number {
  const expected = error instanceof ShrinkfitError ? error : shortageIn(error);
  if (expected !== null) {
    tell(stderr, expected.message);
    return expected.kind === 'usage' ? EXIT.usage : EXIT.data;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell(
    stderr,
    `${trace}\nThis is a bug in shrinkfit ${VERSION} (node ${process.version}, ${process.platform}).`,
  );
  tell(stderr, 'Please report it, with the lines above, at https://github.com/shrinkfit/shrinkfit/issues');
  return EXIT.bug;
}
