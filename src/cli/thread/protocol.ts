/** What the command's thread tells the main thread, which owns streams and signals. */
export type FromThread =
  /** Answered by `written`. */
  | { readonly kind: 'stdout'; readonly chunk: string | Uint8Array }
  | { readonly kind: 'stderr'; readonly text: string }
  /** Asks for more of standard input; answered by `input`. */
  | { readonly kind: 'read' }
  /** A temporary file is created and must not outlive the process; or it was removed or renamed. */
  | { readonly kind: 'add'; readonly name: string }
  | { readonly kind: 'drop'; readonly name: string }
  | { readonly kind: 'done'; readonly code: number };

/** What the main thread answers. */
export type ToThread = Written | Input;

export interface Written {
  readonly kind: 'written';
  readonly error: SystemError | null;
}

export interface Input {
  readonly kind: 'input';
  /** null at the end. */
  readonly chunk: Uint8Array | null;
  readonly error: SystemError | null;
}

/** An error of the system, such as EPIPE; errors lose their codes in messages between threads. */
export interface SystemError {
  readonly code: string | undefined;
  readonly message: string;
}

/** What the thread is started with: where the streams lead. */
export interface ThreadStart {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

export interface Screen {
  readonly isTTY?: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
}
