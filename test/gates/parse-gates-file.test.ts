import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.js';
import { duplicateKey } from '../../src/gates/duplicate-key.js';
import { parseGatesFile } from '../../src/gates/parse-gates-file.js';
import { ROOT } from '../cli/run-cli.js';

const read = (content: unknown) => parseGatesFile(JSON.stringify(content), 'gates.json');

/** What a text is refused with; the test fails when it is not. */
async function refusal(text: string): Promise<string> {
  try {
    await parseGatesFile(text, 'gates.json');
  } catch (error) {
    expect(error, text.slice(0, 80)).to.be.instanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error(`accepted: ${text.slice(0, 80)}`);
}

describe('a file of gates', () => {
  const RULES = {
    require: ['lambda < 1', { expression: 'nonzero <= 5', name: 'sparse', remedy: 'a larger lambda' }],
    warn: ['kkt < 1e-9'],
  };

  it('holds rules of both levels, alone or with a name and a remedy', async () => {
    const gates = await read(RULES);
    expect(
      gates.map(({ level, expression, name, remedy }) => ({ level, expression, name, remedy })),
    ).to.deep.equal([
      { level: 'require', expression: 'lambda < 1', name: null, remedy: null },
      { level: 'require', expression: 'nonzero <= 5', name: 'sparse', remedy: 'a larger lambda' },
      { level: 'warn', expression: 'kkt < 1e-9', name: null, remedy: null },
    ]);
    expect(gates.map(({ origin }) => origin)).to.deep.equal([
      'gates.json, require[0]',
      'gates.json, require[1]',
      'gates.json, warn[0]',
    ]);
  });

  it('may be a package.json, with a byte order mark and a $schema too', async () => {
    const content = { name: 'x', version: '1.0.0', shrinkfit: { gates: { $schema: 's', ...RULES } } };
    const gates = await parseGatesFile(`\ufeff${JSON.stringify(content)}`, 'package.json');
    expect(gates).to.have.length(3);
    expect(gates[0].origin).to.equal('package.json, "shrinkfit"."gates", require[0]');
  });

  it('that is not exactly that is refused with the reason', async () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [{}, 'neither "require" nor "warn"'],
      [[], 'must be object'],
      [null, 'must be object'],
      ['lambda < 1', 'must be object'],
      [{ require: [] }, 'require: is empty'],
      [{ require: 'lambda < 1' }, 'require: must be array'],
      [{ require: [1] }, 'require[0]: must be string'],
      [{ require: [null] }, 'require[0]: must be string'],
      [{ require: [{}] }, 'expression'],
      [
        { require: [{ expression: 'lambda < 1', naem: 'x' }] },
        'require[0]: unknown key "naem"; did you mean name?',
      ],
      [{ requires: ['lambda < 1'] }, 'unknown key "requires"; did you mean require?'],
      [{ require: ['lambda < 1'], wran: [] }, 'unknown key "wran"; did you mean warn?'],
      [{ require: ['lambda <'] }, 'gates.json, require[0] "lambda <": it ends too early'],
      [{ name: 'x', version: '1' }, 'has no "shrinkfit" key'],
      [{ shrinkfit: {} }, 'has no "gates"'],
      [{ shrinkfit: [] }, 'has no "gates"'],
      [{ shrinkfit: { gates: { require: [] } } }, 'is empty'],
      [{ shrinkfit: { gates: RULES, gaets: 1 } }, 'did you mean gates?'],
      [{ shrinkfit: { gates: RULES, other: 1 } }, 'unknown key "other"; it may hold gates'],
    ];
    for (const [content, words] of cases) expect(await refusal(JSON.stringify(content))).to.include(words);
  });

  it('that is broken or hostile is refused, quickly and with a short message', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const texts: readonly (readonly [string, string])[] = [
      ['', 'is not JSON'],
      ['{ "require": ["lambda < 1"]', 'is not JSON'],
      ['{ "require": ["lambda < 1"], "require": ["lambda < 2"] }', '"require" is given twice'],
      ['{ "require": ["lambda < 1"], "\\u0072equire": ["lambda < 2"] }', '"require" is given twice'],
      ['{ "require": ["lambda < 1"], "__proto__": { "warn": [] } }', '"__proto__"'],
      ['{ "__proto__": { "require": ["lambda < 1"] } }', '"__proto__"'],
      [`{ "require": [${deep}] }`, 'must be string'],
      [deep, 'must be object'],
      [JSON.stringify({ require: [`${'('.repeat(1_000_000)}lambda < 1`] }), 'words'],
      [JSON.stringify({ ['k'.repeat(1_000_000)]: 1 }), 'unknown key'],
      [JSON.stringify({ require: ['process.exit() < 1'] }), 'process.exit'],
      [JSON.stringify({ require: [{ expression: 'lambda < 1', name: '' }] }), 'name'],
    ];
    for (const [text, words] of texts) {
      const message = await refusal(text);
      expect(message, text.slice(0, 80)).to.include(words).and.have.length.below(1000);
    }
  });

  it('has a published schema that calls its keys what the reader calls them', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/gates.schema.json'), 'utf8'));
    expect(Object.keys(schema.properties)).to.deep.equal(['$schema', 'require', 'warn']);
    expect(Object.keys(schema.$defs.rule.properties)).to.deep.equal(['expression', 'name', 'remedy']);
  });
});

describe('a key given twice', () => {
  it('is found wherever it is, however it is written', () => {
    expect(duplicateKey('{"a":{"b":1},"c":[{"b":1},{"b":2,"\\u0062":3}]}')).to.equal('b');
    expect(duplicateKey(`{"a":"${'x'.repeat(1_000_000)}","a":1}`)).to.equal('a');
    expect(duplicateKey(`{"a":"${'\\\\'.repeat(500_000)}","a":1}`)).to.equal('a');
  });

  it('is never found where there is none', () => {
    fc.assert(fc.property(fc.json(), (text) => duplicateKey(text) === null));
    expect(duplicateKey('{"a":"{\\"a\\":1,\\"a\\":2}","b":"a"}')).to.equal(null);
  });
});
