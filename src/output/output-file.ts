/** A file that is being written. Until `commit` has returned, the path holds its old content. */
export interface OutputFile {
  /** Appends. The chunk may be reused when the promise has settled. @throws DataError when the system refuses */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes what was written the content of the path, durably. @throws DataError when the system refuses */
  commit(): Promise<void>;
  /** Leaves the path unchanged; does nothing after `commit`, so that it suits a `finally`. */
  abandon(): Promise<void>;
}
