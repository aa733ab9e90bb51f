import { isAscii } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'chai';

const FIT = ['fit', resolve('fixtures/diabetes.csv'), '--target', 'target', '--json'];

/** A copy of what the package ships to start the command line, without any dependency near. */
function installed(folder: string): { bin: string; cache: string } {
  for (const part of ['bin', 'dist/bin', 'dist/kernels.wasm', 'package.json'])
    cpSync(part, join(folder, part), { recursive: true });
  return { bin: join(folder, 'bin/shrinkfit.js'), cache: join(folder, 'dist/bin/main.cjs.cache') };
}

/** The hash of V8's version in a code cache. */
const versionOf = (cache: Buffer) => cache.readUInt32LE(4);

describe('the bundle of the command line', () => {
  it('is of ASCII, so that it may be read as Latin-1', () => {
    expect(isAscii(readFileSync('dist/bin/main.cjs'))).to.equal(true);
  });
});

describe('the code cache of the command line', () => {
  let folder: string;
  let copy: { bin: string; cache: string };
  const output = () => execFileSync(process.execPath, [copy.bin, ...FIT], { encoding: 'utf8' });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'load-'));
    copy = installed(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is taken by the node that built it, and by no other', () => {
    const { load, CODE_CACHE } = createRequire(import.meta.url)('../../bin/load.cjs');
    const isOfThisNode = versionOf(readFileSync(CODE_CACHE)) === versionOf(new Script('').createCachedData());
    expect(load().script.cachedDataRejected).to.equal(!isOfThisNode);
  });

  it('changes no byte when it is missing, empty, cut, or of another version', () => {
    const whole = readFileSync(copy.cache);
    const expected = output();
    const otherVersion = Buffer.from(whole);
    otherVersion.fill(7, 4, 12);
    for (const bytes of [
      Buffer.alloc(0),
      whole.subarray(0, 1000),
      otherVersion,
      Buffer.from('not a cache'),
    ]) {
      writeFileSync(copy.cache, bytes);
      expect(output()).to.equal(expected);
    }
    rmSync(copy.cache);
    expect(output()).to.equal(expected);
  });
});
