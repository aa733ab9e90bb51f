import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { parseModel } from '../../src/model/file/load.js';
import type { Model } from '../../src/model/model.js';
import type { InspectViewOptions } from '../../src/report/options.js';
import { render } from '../../src/report/render.js';
import { ACTING, HOSTILE, hostileModel } from '../export/hostile-model.js';
import { fitted, fixture, mixedTable } from '../model/model-helpers.js';

const OPTIONS: InspectViewOptions = {
  format: 'table',
  table: 'both',
  rows: 'all',
  width: 80,
  gates: [],
  colorLevel: 0,
};

const shown = async (model: Model, options: Partial<InspectViewOptions> = {}): Promise<string> =>
  [...(await render('inspect', model, { ...OPTIONS, ...options }))].join('');

describe('a model for reading', () => {
  it('has the equation with the names and signs of its terms', async () => {
    const { model } = await fitted(await fixture('diabetes'), {
      target: 'target',
      lambda: { kind: 'list', values: [20] },
    });
    const text = await shown(model);
    const terms = model.features.filter(({ coefficient }) => coefficient !== 0);
    const equation = /Equation\n(target = [\s\S]*?)\n\n/.exec(text)![1].replaceAll('\n', ' ');
    expect(
      equation
        .split(/ [+−] /)
        .slice(1)
        .map((term) => term.split(' × ')[1]),
    ).to.deep.equal(terms.map(({ name }) => name));
    const value = Number(equation.split(/ [+−] /)[1].split(' × ')[0]);
    expect(value).to.be.closeTo(Math.abs(terms[0].coefficient), 1e-4 * value);
  });

  it('keeps all digits of an origin', async () => {
    const { model } = await fitted(await mixedTable(), {
      target: 'price',
      features: ['year'],
      penalty: 'none',
    });
    expect(await shown(model)).to.include(`(year − ${model.features[0].origin})`);
  });

  it('lists coefficients by their standardized size, and counts what it leaves out', async () => {
    const { model } = await fitted(await fixture('wide'), { target: 'y' });
    const text = await shown(model, { format: 'csv', table: 'coefficients' });
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const sizes = rows.map(({ standardized }) => Math.abs(Number(standardized)));
    expect(sizes).to.deep.equal([...sizes].sort((a, b) => b - a));
    expect(sizes).to.have.length(400);
    expect(await shown(model, { rows: 3 }))
      .to.match(/… and \d+ more with smaller/)
      .and.match(/\+ …\s\d+\smore\sterms/);
  });

  it('is the model itself as JSON', async () => {
    const { model } = await fitted(await mixedTable(), {
      target: 'sold',
      exclude: ['price'],
      missing: 'median',
    });
    expect(await parseModel(await shown(model, { format: 'json' }), 'm.json')).to.deep.equal(model);
  });

  it('has the levels with their shares and the fill as CSV', async () => {
    const { model } = await fitted(await mixedTable(), {
      target: 'price',
      exclude: ['sold'],
      missing: 'mean',
    });
    const rows: Record<string, string>[] = parse(await shown(model, { format: 'csv', table: 'schema' }), {
      columns: true,
    });
    const colour = rows.filter(({ column }) => column === 'colour');
    expect(colour.map(({ level }) => level))
      .to.include('__proto__')
      .and.include('a "quoted", one');
    expect(colour.reduce((sum, { share }) => sum + Number(share), 0)).to.be.closeTo(1, 1e-12);
    expect(new Set(colour.map(({ fill }) => fill)).size).to.equal(1);
  });

  it('shows hostile names as data in every format', async () => {
    const names = [...HOSTILE, ...ACTING, 'x'.repeat(1 << 17)];
    const { model } = await hostileModel(names);
    const table = await shown(model);
    expect(table).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
    expect(table.split('\n').filter((line) => line.length > 120)).to.deep.equal([]);
    const markdown = await shown(model, { format: 'markdown' });
    expect(markdown).to.not.match(/<script|<\/script|<!--|[\u001b\u202e]/);
    for (const which of ['coefficients', 'schema'] as const) {
      const rows: Record<string, string>[] = parse(await shown(model, { format: 'csv', table: which }), {
        columns: true,
      });
      const found = new Set(rows.map(({ column }) => column.replace(/^'(?='*[=+\-@\t\r\n])/, '')));
      expect(names.filter((name) => !found.has(name))).to.deep.equal([]);
    }
  });
});
