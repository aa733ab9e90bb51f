import { expect } from 'chai';
import { GATES, gateResult, HOSTILE_NAMES, rendered, sampleReport } from '../sample-report.js';

/** Cells of a table line as GitHub splits them: at pipes that no backslash escapes. */
const cellsOf = (line: string): string[] => line.split(/(?<!\\)(?:\\\\)*\|/).slice(1, -1);

describe('markdown', () => {
  it('keeps every table rectangular, whatever the names', async () => {
    const report = sampleReport({ names: HOSTILE_NAMES });
    const text = await rendered(report, { format: 'markdown', rows: 'all', gates: GATES });
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).to.have.length(3);
    for (const table of tables) {
      const lines = table.trimEnd().split('\n');
      expect(lines[1]).to.match(/^\|( :--| --:| \|)+$/);
      expect([...new Set(lines.map((line) => cellsOf(line).length))]).to.have.length(1);
    }
    expect(tables[0].trimEnd().split('\n')).to.have.length(100 + 3);
    expect(tables[1].trimEnd().split('\n')).to.have.length(HOSTILE_NAMES.length - 1 + 2);
  });

  it('lets nothing execute, link, mention or act', async () => {
    const names = HOSTILE_NAMES;
    const text = await rendered(sampleReport({ names, source: '<img src=x>\n# me' }), {
      format: 'markdown',
      rows: 'all',
      gates: [gateResult({ expression: '<b>|@x', passed: true })],
    });
    expect(text).to.not.match(/<[a-z/]|@|\u001b|\u202e|##\[/i);
    expect(text).to.include('&lt;/script&gt;');
    expect(text).to.include('\\_\\_proto\\_\\_');
    expect(text).to.match(/^&lt;img src=x&gt;\\\\n\\# me: 442 rows/);
  });

  it('says the same as the table, without layout', async () => {
    const text = await rendered(sampleReport(), { format: 'markdown' });
    expect(text).to.match(/^\| ▸\* \| 0\.\d+ \| /m);
    expect(text).to.match(/^\|\s+\| mean alone \| 0 \|/m);
    expect(text).to.include('20 of 100 lambdas; --rows all shows all');
    expect(text).to.not.match(/[^|\s] {2,}\|/);
  });

  it('cuts a name of a megabyte, visibly', async () => {
    const text = await rendered(sampleReport({ names: ['|'.repeat(1 << 20), 'x'] }), { format: 'markdown' });
    expect(text.length).to.be.below(10_000);
    expect(text).to.include('\\|… |');
  });
});
