import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: answers of peers', () => {
  let answers: Awaited<ReturnType<typeof loadBench>>;
  let folder: string;
  before(async () => {
    answers = await loadBench('answers');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'answers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are asked for once for each question', () => {
    let asked = 0;
    const ask = () => [{ lambda: 0.1, test: ++asked }];
    expect(answers.answer(folder, ['a', 'b'], ask)).to.deep.equal([{ lambda: 0.1, test: 1 }]);
    expect(answers.answer(folder, ['a', 'b'], ask)).to.deep.equal([{ lambda: 0.1, test: 1 }]);
    expect(answers.answer(folder, ['ab'], ask)).to.deep.equal([{ lambda: 0.1, test: 2 }]);
    expect(answers.answer(folder, ['a', 'c'], ask)).to.deep.equal([{ lambda: 0.1, test: 3 }]);
  });

  it('are not kept where the peer failed', () => {
    const fail = () => {
      throw new Error('no such peer');
    };
    expect(() => answers.answer(folder, ['a'], fail)).to.throw('no such peer');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('are not taken from what an interrupted run left', () => {
    writeFileSync(join(folder, `${answers.digest(['a'])}.json.partial`), '{"answer": [1');
    expect(answers.answer(folder, ['a'], () => [2])).to.deep.equal([2]);
  });
});
