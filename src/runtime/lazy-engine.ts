import { Engine } from './engine.js';

/** The compiled kernels of one command or fit, created when the first problem or large file needs them. */
export class LazyEngine {
  private engine: Engine | null = null;

  constructor(private readonly threads: number) {}

  /** Bound, so that it can be passed on. */
  readonly get = (): Engine => {
    this.engine ??= new Engine(this.threads);
    return this.engine;
  };

  close(): void {
    this.engine?.close();
  }
}
