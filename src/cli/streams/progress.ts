/** When to show progress: the values of `--progress`. */
export const PROGRESS_CHOICES = ['auto', 'always', 'never'] as const;
export type ProgressChoice = (typeof PROGRESS_CHOICES)[number];

const FIRST_AFTER_MS = 500;
const EVERY_MS = 100;

/**
 * How far the sweep is, on one line of standard error that is drawn over.
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

  /** To be called as often as wanted; costs a look at the clock. */
  update(done: number, total: number): void {
    if (!this.wanted) return;
    const time = this.now();
    if (time < this.nextAt) return;
    this.nextAt = time + EVERY_MS;
    const line = `shrinkfit: solved ${done} of ${total} lambdas`;
    this.stderr.write(this.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    this.drawn = true;
  }

  /** Takes the line away; to be called before anything else is written. */
  clear(): void {
    if (this.drawn && this.stderr.isTTY) this.stderr.write('\r\x1b[K');
    this.drawn = false;
  }
}
