import { expect } from 'chai';
import fc from 'fast-check';
import type { Check, CheckReport } from '../../src/report/check.js';
import { failureReport, gateCheck } from '../../src/report/check.js';
import { fitChecks } from '../../src/report/fit/checks.js';
import { checkAnnotations } from '../../src/report/media/annotations.js';
import { checkMarkdown } from '../../src/report/media/checks-markdown.js';
import { checkJunit } from '../../src/report/media/junit.js';
import { GATES, gateResult, HOSTILE_NAMES, sampleReport } from './sample-report.js';
import { parseXml } from './xml.js';

const WARNED = gateResult({ expression: 'kkt < 1', level: 'warn', value: 2, bound: 1 });
const REPORT = fitChecks(sampleReport(), [...GATES, WARNED]);

const junit = (report: CheckReport) => [...checkJunit(report)].join('');
const markdown = (report: CheckReport) => [...checkMarkdown(report)].join('');
const annotations = (report: CheckReport) => [...checkAnnotations(report)].join('');

/** A report in which every text is this one. */
function reportOf(text: string): CheckReport {
  const check = (outcome: Check['outcome']): Check => ({
    ...gateCheck(gateResult({ expression: text, name: text, remedy: text })),
    outcome,
  });
  return {
    command: 'fit',
    subject: text,
    checks: (['passed', 'failed', 'warned', 'error'] as const).map(check),
    summary: () => [],
  };
}

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...HOSTILE_NAMES,
    ']]>',
    '\u0000',
    '\ufffe\uffff',
    '%0A::error::x',
    '\n::error::x',
    '&amp;',
  ),
);

describe('the checks of a fit', () => {
  it('are the certificates and the gates', () => {
    expect(REPORT.checks.map(({ kind, outcome }) => `${kind} ${outcome}`)).to.deep.equal([
      'certificate passed',
      'gate passed',
      'gate failed',
      'gate warned',
    ]);
    const missed = fitChecks(sampleReport({ changes: (_, k) => ({ certified: k !== 3 }) }), []);
    expect(missed.checks[0]).to.deep.include({ outcome: 'failed', bound: 1e-6 });
    expect(missed.checks[0].message).to.include('1 of 100 solutions are not certified');
  });
});

describe('a junit report', () => {
  it('has a suite with a case for each check, and the figure, the bound and the remedy of those that fail', () => {
    const root = parseXml(junit(REPORT));
    const [suite] = root.children;
    const counts = { tests: '4', failures: '1', errors: '0', skipped: '1' };
    expect(root.attributes).to.deep.include(counts);
    expect(suite.attributes).to.deep.include({ ...counts, name: 'shrinkfit fit diabetes.csv' });
    expect(suite.children.map(({ attributes }) => attributes.name)).to.deep.equal([
      'every solution is certified',
      'test.rmse<=60',
      'nonzero<=3',
      'kkt < 1',
    ]);
    expect(suite.children.map(({ children }) => children[0]?.name ?? 'passed')).to.deep.equal([
      'passed',
      'passed',
      'failure',
      'skipped',
    ]);
    const [failure] = suite.children[2].children;
    expect(failure.attributes.message).to.equal('nonzero<=3 (the figure is undefined, the bound 3)');
    expect(failure.text).to.include('figure: null\nbound: 3\nremedy: see what changed');
  });

  it('is well-formed for any text, and ordinary text is kept as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [suite] = parseXml(junit(reportOf(text))).children;
        expect(suite.children).to.have.length(4);
        const { name } = suite.children[0].attributes;
        if (/^[\x20-\x7e]*$/.test(text) && !/::|##\[/.test(text)) expect(name).to.equal(text);
        expect(name).to.not.match(/[\0-\x1f\ufffe\uffff]/);
      }),
    );
  });
});

describe('a markdown report', () => {
  it('has every check in a table, what to do about those that fail, and the fit in short', () => {
    const text = markdown(REPORT);
    expect(text).to.match(/^## shrinkfit fit diabetes\.csv: 2 of 4 checks passed\n/);
    expect(text).to.include('| ✅ passed | test.rmse<=60 | 55.2 | 60 |'.replace('<=', '&lt;='));
    expect(text).to.include('| ❌ failed | nonzero&lt;=3 | – | 3 |');
    expect(text).to.include('Remedy: see what changed');
    expect(text).to.include('Selected lambda');
  });

  it('keeps its tables for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = markdown(reportOf(text)).split('\n');
        const rows = lines.filter((line) => line.startsWith('|'));
        expect(rows).to.have.length(6);
        for (const line of rows) expect(line.match(/(?<!\\)\|/g), line).to.have.length(5);
        expect(lines.join('\n')).to.not.match(/<script|<img|\u0000/i);
      }),
    );
  });
});

describe('annotations', () => {
  it('are a line for each check that does not hold', () => {
    expect(annotations(REPORT)).to.equal(
      '::error title=shrinkfit fit diabetes.csv%3A nonzero<=3::nonzero<=3 (the figure is undefined, the bound 3). Remedy: see what changed\n' +
        '::warning title=shrinkfit fit diabetes.csv%3A kkt < 1::kkt < 1 (the figure is 2, the bound 1). Remedy: see what changed\n',
    );
  });

  it('escape as the runner unescapes: per cent everywhere, colon and comma in the title', () => {
    const [line] = annotations(reportOf('5%, a:b')).split('\n');
    expect(line).to.match(/^::error title=shrinkfit fit 5%25%2C a%3Ab%3A 5%25%2C a%3Ab::5%25, a:b /);
  });

  it('are one command a line for any text, and no more', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = annotations(reportOf(text)).split(/\r\n|[\n\r\u2028\u2029]/);
        expect(lines).to.have.length(4);
        for (const line of lines.slice(0, 3)) {
          expect(line).to.match(/^::(error|warning) title=[^:,]*::(?!:)/);
          expect(line).to.not.include('##[');
        }
      }),
    );
  });

  it('are ten of a level at most, for the runner drops the others in silence', () => {
    const checks = Array.from({ length: 25 }, (_, k) =>
      gateCheck(gateResult({ expression: `lambda < ${k}` })),
    );
    const lines = annotations({ ...REPORT, checks })
      .trim()
      .split('\n');
    expect(lines).to.have.length(10);
    expect(lines[9]).to.include('16 more checks');
  });

  it('are not longer than a log line that can be read', () => {
    expect(annotations(reportOf('x'.repeat(1_000_000))).length).to.be.below(20_000);
  });
});

describe('a failure before any check', () => {
  it('is an error in every report', () => {
    const report = failureReport('fit', 'a.csv', 'a.csv: no such file; check the path');
    const [suite] = parseXml(junit(report)).children;
    expect(suite.attributes).to.deep.include({ tests: '1', errors: '1', failures: '0' });
    expect(annotations(report)).to.match(/^::error title=.*::a\.csv: no such file/);
    expect(markdown(report)).to.include('0 of 1 checks passed');
  });
});
