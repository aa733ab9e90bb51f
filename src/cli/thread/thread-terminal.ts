import { Writable } from 'node:stream';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { keepTemporaryFilesAt } from '../streams/temporary-files.js';
import type { OutputStream, Terminal } from '../streams/terminal.js';
import type { FromThread, Input, Screen, SystemError, ThreadStart, ToThread, Written } from './protocol.js';

/** What the command's thread works with: the streams of the process, and the end of it. */
export interface Connection {
  readonly terminal: Terminal;
  readonly done: (code: number) => void;
}

/** To be called on the thread that `supervise` has started. */
export function connect(): Connection {
  const main = new MainThread(parentPort!);
  keepTemporaryFilesAt({
    add: (name) => main.tell({ kind: 'add', name }),
    drop: async (name) => main.tell({ kind: 'drop', name }),
  });
  const screens = workerData as ThreadStart;
  const stdout = outputTo(screens.stdout, (chunk, done) => main.write(chunk, done));
  // Written while a loop computes and no answer could arrive, so it does not wait for one.
  const stderr = outputTo(screens.stderr, (text, done) => {
    main.tell({ kind: 'stderr', text: String(text) });
    done();
  });
  const terminal = { stdin: main.input(), stdout, stderr, env: process.env };
  return { terminal, done: (code) => main.tell({ kind: 'done', code }) };
}

type Chunk = string | Uint8Array;
type Done = (error?: Error) => void;

function outputTo({ isTTY, columns }: Screen, write: (chunk: Chunk, done: Done) => void): OutputStream {
  const stream = new Writable({ decodeStrings: false, write: (chunk, _, done) => write(chunk, done) });
  return Object.assign(stream, isTTY ? { isTTY } : {}, columns === undefined ? {} : { columns });
}

/** The main thread, by messages. Each kind of question is answered in the order it was asked in. */
class MainThread {
  private readonly writes: ((answer: Written) => void)[] = [];
  private readonly reads: ((answer: Input) => void)[] = [];

  constructor(private readonly port: MessagePort) {
    port.on('message', (answer: ToThread) => {
      if (answer.kind === 'written') this.writes.shift()!(answer);
      else this.reads.shift()!(answer);
    });
  }

  tell(message: FromThread): void {
    this.port.postMessage(message);
  }

  write(chunk: Chunk, done: Done): void {
    this.writes.push(({ error }) => (error === null ? done() : done(errorOf(error))));
    this.tell({ kind: 'stdout', chunk: typeof chunk === 'string' ? chunk : alone(chunk) });
  }

  async *input(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const answer = new Promise<Input>((resolve) => this.reads.push(resolve));
      this.tell({ kind: 'read' });
      const { chunk, error } = await answer;
      if (error !== null) throw errorOf(error);
      if (chunk === null) return;
      yield chunk;
    }
  }
}

/** A message would copy the whole buffer behind a view, so a view is copied first; shared memory is not copied at all. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof SharedArrayBuffer ? bytes : Uint8Array.from(bytes);
}

function errorOf({ code, message }: SystemError): Error {
  return Object.assign(new Error(message), { code });
}
