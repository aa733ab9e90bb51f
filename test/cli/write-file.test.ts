import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildSync } from 'esbuild';
import { openOutput } from '../../src/cli/streams/write-file.js';
import { readWhole } from '../../src/csv/bytes/pipe.js';
import { DataError, UsageError } from '../../src/errors.js';
import { expectOldOrNew } from './killed.js';
import { ROOT } from './run-cli.js';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** What `openOutput` throws for a path. */
async function refusal(path: string): Promise<unknown> {
  try {
    await openOutput(path);
  } catch (error) {
    return error;
  }
  return null;
}

describe('an output file', () => {
  let directory: string;
  const at = (name: string) => join(directory, name);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'shrinkfit-output-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('holds the old content until it is committed, and nothing is left beside it', async () => {
    writeFileSync(at('a.json'), 'old');
    const file = await openOutput(at('a.json'));
    expect(readdirSync(directory)).to.deep.equal(['a.json']);
    await file.write('ne');
    await file.write(new TextEncoder().encode('w'));
    expect(readFileSync(at('a.json'), 'utf8')).to.equal('old');
    await file.commit();
    await file.abandon();
    expect(readFileSync(at('a.json'), 'utf8')).to.equal('new');
    expect(readdirSync(directory)).to.deep.equal(['a.json']);
  });

  it('may be empty, and may be new', async () => {
    await (await openOutput(at('empty'))).commit();
    expect(readFileSync(at('empty'), 'utf8')).to.equal('');
  });

  it('leaves everything as it was when it is abandoned', async () => {
    const file = await openOutput(at('a.json'));
    await file.write('half');
    await file.abandon();
    await file.abandon();
    expect(readdirSync(directory)).to.deep.equal([]);
  });

  it('keeps the mode of the file that it replaces', async function () {
    if (isWindows) this.skip();
    writeFileSync(at('a.json'), 'old');
    chmodSync(at('a.json'), 0o640);
    const file = await openOutput(at('a.json'));
    await file.write('new');
    await file.commit();
    expect(statSync(at('a.json')).mode & 0o7777).to.equal(0o640);
  });

  it('is where a symbolic link leads, and the link stays; a link to nothing is filled', async function () {
    if (isWindows) this.skip();
    mkdirSync(at('far'));
    writeFileSync(at('far/a.json'), 'old');
    symlinkSync('far/a.json', at('link'));
    symlinkSync('far/b.json', at('dangling'));
    for (const name of ['link', 'dangling']) {
      const file = await openOutput(at(name));
      await file.write(name);
      await file.commit();
    }
    expect(readFileSync(at('far/a.json'), 'utf8')).to.equal('link');
    expect(readFileSync(at('far/b.json'), 'utf8')).to.equal('dangling');
    expect(readdirSync(directory).sort()).to.deep.equal(['dangling', 'far', 'link']);
  });

  it('with a name as long as the system allows can be written', async () => {
    const name = 'n'.repeat(255);
    const file = await openOutput(at(name));
    await file.commit();
    expect(readdirSync(directory)).to.deep.equal([name]);
  });

  it('is refused before the work where it cannot be written', async function () {
    if (isWindows) this.skip();
    writeFileSync(at('file'), '');
    symlinkSync('loop', at('loop'));
    const cases: readonly (readonly [string, string])[] = [
      [at('none/a.json'), 'does not exist'],
      [at('file/a.json'), 'not a directory'],
      [directory, 'is a directory'],
      [at('loop'), 'symbolic links'],
      [at('n'.repeat(256)), 'too long'],
      [`${at('\u001b[31m\n'.repeat(3))}/x`, '\\u001b'],
    ];
    for (const [path, words] of cases) {
      const error = await refusal(path);
      expect(error, path).to.be.instanceOf(DataError);
      expect((error as DataError).message).to.include(words);
    }
    expect(await refusal('-')).to.be.instanceOf(UsageError);
  });

  it('is refused where the file or its directory is read-only', async function () {
    if (isWindows || isRoot) this.skip();
    writeFileSync(at('a.json'), 'old', { mode: 0o444 });
    expect(await refusal(at('a.json'))).to.be.instanceOf(DataError);
    mkdirSync(at('locked'), { mode: 0o555 });
    expect(await refusal(at('locked/a.json'))).to.be.instanceOf(DataError);
  });

  it('that is a device is written, not replaced', async function () {
    if (!existsSync('/dev/null')) this.skip();
    const file = await openOutput('/dev/null');
    await file.write('gone');
    await file.commit();
    expect(statSync('/dev/null').isCharacterDevice()).to.equal(true);
  });

  it('that is a pipe waits for its reader, who gets all bytes', async function () {
    if (isWindows) this.skip();
    execFileSync('mkfifo', [at('pipe')]);
    const [file, reader] = [openOutput(at('pipe')), readWhole(at('pipe'))];
    const content = 'some words\n'.repeat(50_000);
    await (await file).write(content);
    await (await file).commit();
    expect((await reader).toString()).to.equal(content);
  });

  it('that is a pipe may lose its reader', async function () {
    if (isWindows) this.skip();
    execFileSync('mkfifo', [at('pipe')]);
    const reader = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    const file = await openOutput(at('pipe'));
    closeSync(reader);
    await file.write('one');
    await file.write('two');
    await file.commit();
  });

  it('on a full disk is an error that says so', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const file = await openOutput('/dev/full');
    const error = await file.write('x').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DataError).with.property('message').that.includes('full');
    await file.abandon();
  });

  it('is listened for signals only while its temporary file exists', async () => {
    const listeners = () =>
      ['SIGHUP', 'SIGINT', 'SIGTERM', 'exit'].map((name) => process.listenerCount(name));
    const before = listeners();
    const more = before.map((count) => count + 1);
    const [one, two] = [await openOutput(at('one')), await openOutput(at('two'))];
    expect(listeners()).to.deep.equal(before);
    await one.write('x');
    await two.write('y');
    expect(listeners()).to.deep.equal(more);
    await one.commit();
    expect(listeners()).to.deep.equal(more);
    await two.abandon();
    expect(listeners()).to.deep.equal(before);
  });

  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`keeps its old content when ${signal} ends the writer, and no temporary file stays`, async function () {
      if (isWindows) this.skip();
      writeFileSync(at('a.csv'), 'old');
      expect(await endedWhileWriting(at('a.csv'), signal)).to.equal(code);
      expect(readFileSync(at('a.csv'), 'utf8')).to.equal('old');
      expect(readdirSync(directory)).to.deep.equal(['a.csv']);
    });
  }

  it('has the old content or the new one when the writer is killed at any step', async function () {
    if (isWindows) this.skip();
    const program = `
      const file = await openOutput(${JSON.stringify(at('a.csv'))});
      for (let k = 0; k < 500; k++) await file.write('new\\n'.repeat(100));
      await file.commit();
    `;
    const words = ['--input-type=module', '-e', bundled() + program];
    await expectOldOrNew(words, at('a.csv'), 'new\n'.repeat(50_000));
  });
});

let bundle: string | null = null;

/** The module under test, which the programs below begin with, bundled once: to load it as TypeScript takes a second each time. */
function bundled(): string {
  bundle ??= buildSync({
    stdin: { contents: `export { openOutput } from './src/cli/streams/write-file.ts'`, resolveDir: ROOT },
    ...{ bundle: true, platform: 'node', format: 'esm', write: false },
  }).outputFiles[0].text;
  return bundle;
}

/** Sends a signal to a process that has begun to write; returns its exit code. */
function endedWhileWriting(path: string, signal: NodeJS.Signals): Promise<number | null> {
  const program = `
    const file = await openOutput(${JSON.stringify(path)});
    await file.write('new');
    process.stdout.write('begun');
    setInterval(() => file.write('new'), 10);
  `;
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', bundled() + program], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => child.kill(signal));
    child.on('error', fail).on('close', done);
  });
}
