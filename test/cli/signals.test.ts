import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ROOT, runCli } from './run-cli.js';

const BIN = join(ROOT, 'bin', 'shrinkfit.js');
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Ending = keyof typeof CODES;

const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-signals-'));
const at = (name: string) => join(folder, name);
const [MODEL, LONG, HARD] = ['model.json', 'long.csv', 'hard.csv'].map(at);
const FIRST_ROWS = `x0,y\n${'1,2\n'.repeat(100_000)}`;

/** Rows of made-up numbers, the target first. */
function rows(count: number, columns: number, binary: boolean): string {
  let state = 11;
  const draw = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff - 0.5;
  };
  const lines = Array.from({ length: count }, () => {
    const x = Array.from({ length: columns }, draw);
    const eta = x[0] - x[1] + 0.5 * draw();
    return [binary ? Number(eta > 0) : eta.toFixed(4), ...x.map((value) => value.toFixed(4))].join(',');
  });
  return `${lines.join('\n')}\n`;
}

const header = (columns: number) => `y,${Array.from({ length: columns }, (_, j) => `x${j}`).join(',')}\n`;

/** What is left of a run that a signal has ended. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command whose standard input stays open, sends the signal when `moment` resolves, and waits for the end. */
async function endedBy(
  signal: Ending,
  args: readonly string[],
  moment: (child: ChildProcess) => Promise<unknown>,
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  await Promise.race([moment(child), closed]);
  child.kill(signal);
  const [code] = await closed;
  return { code, stdout, stderr };
}

/** The moment at which the process has a file open. */
const hasOpen = (file: string) => async (child: ChildProcess) => {
  for (;;) {
    const files = `/proc/${child.pid}/fd`;
    const isOpen = (fd: string) => {
      try {
        return readlinkSync(join(files, fd)) === file;
      } catch {
        return false;
      }
    };
    if (child.exitCode !== null || readdirSync(files).some(isOpen)) return;
    await sleep(1);
  }
};

/** The moment at which a text has come on standard error. */
const hasSaid = (text: string) => (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    let said = '';
    child.stderr!.on('data', (more) => {
      said += more;
      if (said.includes(text)) resolve();
    });
  });

/** The moment at which more input is taken than a pipe holds. */
const hasRead = (input: string) => (child: ChildProcess) =>
  new Promise<void>((resolve) => child.stdin!.write(input, () => resolve()));

/** The moment at which a temporary file has something in it. The empty one that tries the path may go while it is looked at. */
const isWriting = async (child: ChildProcess) => {
  const hasContent = (name: string) => (statSync(at(name), { throwIfNoEntry: false })?.size ?? 0) > 0;
  while (child.exitCode === null && !temporaries().some(hasContent)) await sleep(1);
};
const temporaries = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));

describe('a signal', () => {
  before(async function () {
    if (process.platform !== 'linux') this.skip();
    writeFileSync(LONG, header(20) + rows(4000, 20, false).repeat(60));
    writeFileSync(HARD, header(300) + rows(1200, 300, true));
    const fit = await runCli([
      'fit',
      'fixtures/diabetes.csv',
      '-t',
      'target',
      '-q',
      '--save',
      at('small.json'),
    ]);
    expect(fit.code).to.equal(0);
    writeFileSync(at('start.csv'), header(20) + rows(300, 20, false));
    await runCli(['fit', at('start.csv'), '-t', 'y', '--lambda', '0.01', '-q', '--save', MODEL]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => expect(temporaries()).to.deep.equal([]));

  const reading: [Ending, string[]][] = [
    ['SIGINT', ['fit', LONG, '-t', 'y']],
    ['SIGTERM', ['select', LONG, '-t', 'y']],
    ['SIGHUP', ['evaluate', MODEL, LONG]],
    ['SIGINT', ['verify', MODEL, LONG]],
    ['SIGTERM', ['predict', MODEL, LONG, '--only', '-o', '/dev/null']],
    ['SIGHUP', ['inspect', MODEL, '--recipe', 'sklearn', '--data', LONG]],
  ];
  for (const [signal, args] of reading) {
    it(`ends ${args[0]} while a long file is read: ${signal}`, async () => {
      expect(await endedBy(signal, args, hasOpen(LONG))).to.deep.equal({
        code: CODES[signal],
        stdout: '',
        stderr: '',
      });
    });
  }

  const waiting: [Ending, string[]][] = [
    ['SIGINT', ['fit', '-', '-t', 'y']],
    ['SIGHUP', ['fit', 'fixtures/diabetes.csv', '-t', 'target', '--test-file', '-']],
    ['SIGTERM', ['select', '-', '-t', 'y']],
    ['SIGTERM', ['predict', MODEL, '-']],
    ['SIGINT', ['evaluate', MODEL, '-']],
    ['SIGHUP', ['verify', MODEL, '-']],
    ['SIGTERM', ['inspect', '-']],
    ['SIGINT', ['export', '-', '--to', 'js']],
    ['SIGHUP', ['diff', MODEL, '-']],
  ];
  for (const [signal, args] of waiting) {
    it(`ends ${args.join(' ').replaceAll(folder, '')} while standard input does not end: ${signal}`, async () => {
      expect(await endedBy(signal, args, hasRead(FIRST_ROWS))).to.deep.equal({
        code: CODES[signal],
        stdout: '',
        stderr: '',
      });
    });
  }

  const solving: [string, Ending, string[], string][] = [
    ['fit solves', 'SIGINT', ['fit', HARD, '-t', 'y', '--lambda-count', '100000'], ' of 100000 '],
    ['select solves', 'SIGHUP', ['select', HARD, '-t', 'y', '--lambda-count', '100000'], ' of 100000 '],
    [
      'fit cross-validates on threads',
      'SIGTERM',
      ['fit', HARD, '-t', 'y', '--cv', '150', '--threads', '3'],
      ' of 150 ',
    ],
  ];
  for (const [what, signal, args, sign] of solving) {
    it(`ends what would take minutes while ${what}, and leaves the old model`, async () => {
      writeFileSync(at('old'), 'old');
      const output = args[0] === 'fit' ? '--save' : '-o';
      const words = [...args, output, at('old'), '--progress', 'always'];
      const { code, stdout, stderr } = await endedBy(signal, words, hasSaid(sign));
      expect({ code, stdout }).to.deep.equal({ code: CODES[signal], stdout: '' });
      expect(stderr).to.match(/^(shrinkfit: solved \d+ of \d+ lambdas\n)+$/);
      expect(readFileSync(at('old'), 'utf8')).to.equal('old');
    });
  }

  const writing: [Ending, string[]][] = [['SIGTERM', ['predict', MODEL, LONG]]];
  for (const [signal, args] of writing) {
    it(`ends ${args[0]} while it writes a file, which keeps its old content: ${signal}`, async () => {
      writeFileSync(at('old'), 'old');
      const ended = await endedBy(signal, [...args, '-o', at('old')], isWriting);
      expect(ended).to.deep.equal({ code: CODES[signal], stdout: '', stderr: '' });
      expect(readFileSync(at('old'), 'utf8')).to.equal('old');
    });
  }

  const pipes: [string, Ending, string[]][] = [
    ['the data', 'SIGINT', ['fit', at('pipe'), '-t', 'y']],
    ['the model', 'SIGTERM', ['predict', at('pipe'), 'fixtures/diabetes.csv']],
    ['the rows to answer', 'SIGHUP', ['predict', MODEL, at('pipe')]],
  ];
  for (const [what, signal, args] of pipes) {
    for (const writer of ['nobody', 'somebody who says nothing']) {
      it(`ends a command that waits for ${what} from a pipe to which ${writer} writes: ${signal}`, async () => {
        execFileSync('mkfifo', [at('pipe')]);
        // Linux opens a pipe for both ends without waiting.
        const fd = writer === 'nobody' ? null : openSync(at('pipe'), 'r+');
        const { code, stderr } = await endedBy(signal, args, hasOpen(at('pipe')));
        if (fd !== null) closeSync(fd);
        rmSync(at('pipe'));
        expect({ code, stderr }).to.deep.equal({ code: CODES[signal], stderr: '' });
      });
    }
  }

  it('ends a command that writes to a pipe from which nobody takes anything', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const fd = openSync(at('pipe'), 'r+');
    const { code } = await endedBy('SIGINT', ['predict', MODEL, LONG, '-o', at('pipe')], async (child) => {
      await hasOpen(LONG)(child);
      await sleep(1000);
    });
    closeSync(fd);
    rmSync(at('pipe'));
    expect(code).to.equal(130);
  });

  it('ends a command whose reader takes nothing more', async () => {
    const { code } = await endedBy('SIGINT', ['predict', MODEL, LONG], async (child) => {
      await once(child.stdout!, 'data');
      child.stdout!.pause();
      await sleep(100);
      child.once('exit', () => child.stdout!.resume());
    });
    expect(code).to.equal(130);
  });

  it('typed at a terminal takes the progress line away', async function () {
    if (!hasScript()) this.skip();
    const words = [process.execPath, BIN, 'fit', HARD, '-t', 'y', '--lambda-count', '100000'].join(' ');
    const child = spawn('script', ['-qec', words, '/dev/null'], { cwd: ROOT });
    let shown = '';
    let isTyped = false;
    child.stdout.on('data', (text) => {
      shown += text;
      if (isTyped || !shown.includes(' of 100000 lambdas')) return;
      isTyped = child.stdin.write('\x03');
    });
    child.stdin.on('error', () => {});
    const [code] = await once(child, 'close');
    expect(code).to.equal(130);
    expect(shown).to.match(/ lambdas(\^C)?\r\x1b\[K$/);
  });
});

/** Whether there is the `script` of util-linux, which runs a command on a terminal of its own. */
function hasScript(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
}
