import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a program of `Interpreter` has to do in Python: call `work` for each line that comes. */
export const PYTHON_LOOP = `
import sys
answers = sys.stdout
for line in sys.stdin:
    try:
        work(line.rstrip("\\n"))
        print("ok", file=answers, flush=True)
    except BaseException as error:
        print(repr(error), file=answers, flush=True)
`;

/** The same in R. */
export const R_LOOP = `
questions <- file("stdin", "r")
while (length(line <- readLines(questions, 1)) > 0) {
  answer <- tryCatch({
    work(line)
    "ok"
  }, error = function(e) gsub("\\n", " ", conditionMessage(e)))
  writeLines(answer)
  flush(stdout())
}
`;

/** Most of the time of a short script is the start of its interpreter, so one of these takes many, a line each. */
export class Interpreter {
  private running: { child: ChildProcess; answers: AsyncIterator<string>; errors: string[] } | null = null;

  /** @param args start a program that answers each line with `ok`, or with what went wrong in a line */
  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  /** Sends a line. @throws Error with the answer when that is not `ok`, and when the program has ended */
  async ask(line: string): Promise<void> {
    this.running ??= this.start();
    const { child, answers, errors } = this.running;
    child.stdin?.write(`${line}\n`);
    const { value, done } = await answers.next();
    if (done || value !== 'ok')
      throw new Error(`${this.program}: ${value ?? 'has ended'}\n${errors.join('')}`);
  }

  /** The next question would start the program anew. */
  close(): void {
    this.running?.child.stdin?.end();
    this.running = null;
  }

  private start() {
    const child = spawn(this.program, this.args);
    const errors: string[] = [];
    child.stderr.on('data', (text) => errors.push(String(text)));
    // What has ended closes its output, and takes no more input.
    child.on('error', (error) => errors.push(error.message));
    child.stdin.on('error', (error) => errors.push(error.message));
    return { child, answers: createInterface(child.stdout)[Symbol.asyncIterator](), errors };
  }
}
