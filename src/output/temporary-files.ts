/** Sees to it that temporary files do not outlive the process. */
export interface TemporaryFiles {
  /** To be called before the file is made. */
  add(name: string): void;
  /** To be called when the file has gone, or has its final name. */
  drop(name: string): Promise<void>;
}

/** Leaves them behind where the process is killed: a library takes no signals from its user. */
export const UNGUARDED: TemporaryFiles = { add() {}, async drop() {} };
