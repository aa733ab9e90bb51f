/** When to show progress: the values of `--progress`. */
export const PROGRESS_CHOICES = ['auto', 'always', 'never'] as const;
export type ProgressChoice = (typeof PROGRESS_CHOICES)[number];

const FIRST_AFTER_MS = 500;
const EVERY_MS = 100;

/**
 * Progress of the sweep, on one line of standard error that is overwritten.
 *
 * Timers do not tick while a loop computes, so the line is written from inside it, at most ten times a second. Where
 * standard error is no terminal (`--progress always`), each state is a line of its own.
 */
export class Progress {
  private readonly wanted: boolean;
  private nextAt = 0;
  private drawn = false;

  constructor(
    private readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean },
    choice: ProgressChoice,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.wanted = choice === 'always' || (choice === 'auto' && stderr.isTTY === true);
    if (this.wanted) this.nextAt = now() + FIRST_AFTER_MS;
  }

  /** May be called any number of times; costs a reading of the clock. */
  update(done: number, total: number): void {
    if (!this.wanted) return;
    const time = this.now();
    if (time < this.nextAt) return;
    this.nextAt = time + EVERY_MS;
    const line = `shrinkfit: solved ${done} of ${total} lambdas`;
    this.stderr.write(this.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    this.drawn = true;
  }

  /** Clears the line; call it before anything else is written. */
  clear(): void {
    if (this.drawn && this.stderr.isTTY) this.stderr.write('\r\x1b[K');
    this.drawn = false;
  }
}
