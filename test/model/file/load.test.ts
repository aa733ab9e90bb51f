import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { DataError } from '../../../src/errors.js';
import { parseModel } from '../../../src/model/file/load.js';
import { contentDigest, modelText } from '../../../src/model/file/text.js';
import type { Model } from '../../../src/model/model.js';
import { fitted, fixture } from '../model-helpers.js';

/** A model of which the fields can be changed. */
type Changed = { -readonly [K in keyof Model]: Changing<Model[K]> };
type Changing<T> = { -readonly [K in keyof T]: Changing<T[K]> };

/** The reason for which a text is refused. */
async function refusal(text: string): Promise<string> {
  try {
    await parseModel(text, 'm.json');
  } catch (error) {
    expect(error).to.be.instanceOf(DataError);
    return (error as Error).message;
  }
  throw new Error('the model was accepted');
}

describe('loadModel', () => {
  let model: Model;
  let text: string;
  before(async () => {
    ({ model } = await fitted(await fixture('diabetes'), { target: 'target' }));
    text = modelText(model);
  });

  /** The same file with a change that someone has signed anew. */
  const resigned = (change: (copy: Record<string, unknown> & Model) => void) => {
    const copy = JSON.parse(text);
    delete copy.digest;
    change(copy);
    return JSON.stringify({ ...copy, digest: contentDigest(copy) });
  };

  it('accepts a file that was only laid out anew', async () => {
    expect(await parseModel(JSON.stringify(JSON.parse(text), null, 4), 'm.json')).to.deep.equal(model);
  });

  it('refuses a file that was cut, wherever', async () => {
    for (let end = 0; end < text.length - 3; end += 97) await refusal(text.slice(0, end));
    expect(await refusal(text.slice(0, 500))).to.match(/ends too early/);
    expect(await refusal('')).to.match(/is empty/);
  });

  it('says what data and a packed model are, and not that they were cut', async () => {
    expect(await refusal('age,sex\n1,2\n')).to.match(/begins with "age,sex.*before the data file/);
    expect(await refusal(gzipSync(text).toString('utf8'))).to.match(
      /compressed models are not supported; unzip it/,
    );
    expect(await refusal(`\u0000\u001b${'x'.repeat(1e6)}`)).to.have.length.below(200);
  });

  it('refuses a file in which one digit was changed, wherever', async () => {
    const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
    for (let k = 0; k < places.length; k += 23) {
      const at = places[k];
      const digit = text[at] === '7' ? '3' : '7';
      const changed = text.slice(0, at) + digit + text.slice(at + 1);
      if (JSON.stringify(JSON.parse(changed)) !== JSON.stringify(JSON.parse(text))) await refusal(changed);
    }
    expect(await refusal(text.replace(/"lambda": /, '"lambda": 1'))).to.match(/changed after it was saved/);
  });

  it('refuses a later version and other results by name', async () => {
    expect(await refusal(text.replace('shrinkfit/model/1', 'shrinkfit/model/2'))).to.match(/later one/);
    expect(await refusal('{"schema":"shrinkfit/fit/1"}')).to.match(/is a result.*fit --save/);
    expect(await refusal('[]')).to.match(/is not a model/);
    expect(await refusal('null')).to.match(/is not a model/);
    expect(await refusal('{"schema":{"a":1}}')).to.match(/is not a model/);
  });

  it('refuses what does not have the layout, though its digest is right', async () => {
    expect(await refusal(resigned((m) => Object.assign(m, { extra: 1 })))).to.match(/layout/);
    expect(await refusal(resigned((m) => Object.assign(m, { features: [] })))).to.match(/layout/);
    expect(await refusal(resigned((m) => Object.assign(m, { intercept: '1' })))).to.match(/intercept/);
    const polluting = text.replace('"weights": null', '"weights": null, "__proto__": {"x": 1}');
    expect(await refusal(polluting)).to.match(/layout|additional/);
  });

  it('says which field is out of its range, though the digest is right', async () => {
    const cases: [change: (copy: Changed) => unknown, RegExp][] = [
      [(m) => (m.training.rows = 1e15), /\/training\/rows must be <= /],
      [(m) => (m.certificate.tolerance = 1e300), /\/certificate\/tolerance must be < 1/],
      [(m) => (m.options.tolerance = 1), /\/options\/tolerance must be < 1/],
      [(m) => (m.features[0].lower = 1), /\/features\/0\/lower must be <= 0/],
      [(m) => (m.csv.delimiter = ',,'), /\/csv\/delimiter/],
      [(m) => (m.version = 'x'.repeat(101)), /\/version/],
      [(m) => (m.training.rows += 1), /counts of rows contradict/],
    ];
    for (const [change, words] of cases) {
      expect(await refusal(resigned((copy) => change(copy as unknown as Changed)))).to.match(words);
    }
    // JSON has no infinity, but its parser reads one from 1e999.
    const infinite = JSON.parse(text.replace(/("train":\{"mse":)[^,]+/, '$11e999'));
    const { digest: _, ...content } = infinite;
    const sealed = text
      .replace(/("train":\{"mse":)[^,]+/, '$11e999')
      .replace(/("digest": ")sha256:[0-9a-f]+("\n\}\n)$/, `$1${contentDigest(content)}$2`);
    expect(await refusal(sealed)).to.match(/\/metrics\/train/);
  });

  it('refuses features without a column, though the digest is right', async () => {
    const homeless = resigned((m) => Object.assign(m, { columns: m.columns.slice(1) }));
    expect(await refusal(homeless)).to.match(/do not belong together/);
  });

  it('refuses a model that does not give the answers of its self-test', async () => {
    const wrong = resigned((m) => Object.assign(m, { intercept: m.intercept + 1e-9 }));
    expect(await refusal(wrong)).to.match(/self-test/);
  });
});
