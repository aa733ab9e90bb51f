/** Ensures that temporary files do not outlive the process. */
export interface TemporaryFiles {
  /** To be called before the file is made. */
  add(name: string): void;
  /** To be called when the file has gone, or has its final name. */
  drop(name: string): Promise<void>;
}

/** Leaves them behind if the process is killed: a library should not handle its user's signals. */
export const UNGUARDED: TemporaryFiles = { add() {}, async drop() {} };
