import { expect } from 'chai';
import { reportFailure } from '../../src/cli/failure.js';
import { colorLevel } from '../../src/cli/streams/color.js';
import { prefixed } from '../../src/cli/streams/messages.js';
import { Progress } from '../../src/cli/streams/progress.js';
import { DataError, UsageError } from '../../src/errors.js';
import { WasmMemory } from '../../src/runtime/wasm-memory.js';

/** A stream that remembers. */
function sink(isTTY: boolean) {
  const stream = {
    isTTY,
    text: '',
    write(text: string) {
      stream.text += text;
      return true;
    },
  };
  return stream as typeof stream & NodeJS.WritableStream;
}

describe('a failure for want of memory', () => {
  const causes: [string, () => unknown][] = [
    ['an array', () => new Float64Array(2 ** 40)],
    ['a buffer', () => new ArrayBuffer(2 ** 52)],
    ['a text', () => 'x'.repeat(2 ** 30)],
    ['a decoded text', () => Buffer.alloc(2 ** 29).toString('latin1')],
    ['a list', () => new Array(2 ** 32)],
    ['a memory of the kernels', () => new WasmMemory().allocate(2 ** 33)],
  ];
  for (const [what, cause] of causes) {
    it(`is no bug but data that are too large: ${what}`, () => {
      const stderr = sink(false);
      let error: unknown;
      try {
        cause();
      } catch (thrown) {
        error = thrown;
      }
      expect(reportFailure(error, stderr)).to.equal(3);
      expect(stderr.text).to.match(/^shrinkfit: not enough memory: .*; use fewer rows, or fewer columns/);
    });
  }

  it('is not what other errors of range are', () => {
    const endless = (): number => endless() + 1;
    for (const cause of [endless, () => (1).toFixed(101)]) {
      let error: unknown;
      try {
        cause();
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(RangeError);
      expect(reportFailure(error, sink(false))).to.equal(70);
    }
  });
});

describe('a message', () => {
  it('has the prefix on every line', () => {
    expect(prefixed('a\nb\n')).to.equal('shrinkfit: a\nshrinkfit: b\n');
  });

  it('shows control characters and marks of direction as escapes', () => {
    expect(prefixed('\x1b[2J\r\t\x07\u009b\u202e')).to.equal(
      'shrinkfit: \\u001b[2J\\r\\t\\u0007\\u009b\\u202e\n',
    );
  });

  it('never holds a workflow command of a CI log', () => {
    expect(prefixed('::error ::x\n##[error]y')).to.equal(
      'shrinkfit: \\u003a:error \\u003a:x\nshrinkfit: \\u0023#[error]y\n',
    );
  });

  it('of a bug has the stack and says where to report it', () => {
    const stderr = sink(false);
    expect(reportFailure(new TypeError('oops'), stderr)).to.equal(70);
    expect(stderr.text).to.match(/^shrinkfit: TypeError: oops\nshrinkfit: +at /);
    expect(stderr.text).to.include('https://github.com/shrinkfit/shrinkfit/issues');
  });

  it('of an expected failure is its text', () => {
    const stderr = sink(false);
    expect(reportFailure(new UsageError('a'), stderr)).to.equal(2);
    expect(reportFailure(new DataError('b'), stderr)).to.equal(3);
    expect(stderr.text).to.equal('shrinkfit: a\nshrinkfit: b\n');
  });
});

describe('the colour level', () => {
  it('is decided by the flag, FORCE_COLOR, NO_COLOR, TERM and the terminal, in that order', () => {
    expect(colorLevel('never', { FORCE_COLOR: '3' }, true)).to.equal(0);
    expect(colorLevel('always', { NO_COLOR: '1', TERM: 'dumb' }, false)).to.equal(1);
    expect(colorLevel('auto', { FORCE_COLOR: '2', NO_COLOR: '1' }, false)).to.equal(2);
    expect(colorLevel('auto', { FORCE_COLOR: '0' }, true)).to.equal(0);
    expect(colorLevel('auto', { NO_COLOR: '1' }, true)).to.equal(0);
    expect(colorLevel('auto', { NO_COLOR: '' }, true)).to.equal(1);
    expect(colorLevel('auto', { TERM: 'dumb' }, true)).to.equal(0);
    expect(colorLevel('auto', { TERM: 'xterm-256color' }, true)).to.equal(2);
    expect(colorLevel('auto', { COLORTERM: 'truecolor' }, false)).to.equal(0);
  });
});

describe('progress', () => {
  /** 100 updates, a hundredth of the given time apart. */
  function sweep(isTTY: boolean, choice: 'auto' | 'always' | 'never', milliseconds: number): string {
    const stderr = sink(isTTY);
    let now = 0;
    const progress = new Progress(stderr, choice, () => now);
    for (let k = 1; k <= 100; k++) {
      now = (milliseconds * k) / 100;
      progress.update(k, 100);
    }
    progress.clear();
    return stderr.text;
  }

  it('appears after half a second, at most ten times a second, and goes away', () => {
    const text = sweep(true, 'auto', 2000);
    expect(text.split('\r\x1b[K').filter((line) => line !== '')).to.have.length(16);
    expect(text.endsWith('\r\x1b[K')).to.equal(true);
    expect(sweep(true, 'auto', 400)).to.equal('');
  });

  it('needs a terminal or to be told', () => {
    expect(sweep(false, 'auto', 2000)).to.equal('');
    expect(sweep(true, 'never', 2000)).to.equal('');
    expect(sweep(false, 'always', 2000)).to.match(/^(shrinkfit: solved \d+ of 100 lambdas\n){16}$/);
  });
});
