import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { contentDigest } from '../../src/model/file/text.js';
import { parseXml } from '../report/xml.js';
import { ROOT, runCli } from './run-cli.js';

/** Marks of direction, joiners, spaces without width, fillers, variation selectors, tags, separators, C1 controls and their kin. */
const INVISIBLE =
  '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060\u2061\u2064\u206a\u206f' +
  '\ufeff\u00ad\u034f\u115f\u1160\u17b4\u180b\u180e\u3164\uffa0\ufe00\ufe0f\ufff9\ufffb\u0600\u{1d173}\u{e0001}\u{e0041}\u{e0100}' +
  '\u2028\u2029\u0080\u0085\u009b\u009f\u007f';

/** Names and levels that some reader of some output would take for more than text. */
const NAMES = [
  '__proto__',
  'constructor',
  '=cmd()',
  '@sum',
  '</script><script>alert(1)</script>',
  ']]>',
  'it\'s "quoted"',
  '`back` \\ $(touch pwned)',
  '| x | y |',
  'two\nlines',
  'escape\u001b[31m bell\u0007',
  ...INVISIBLE.match(/.{1,12}/gsu)!.map((hidden, k) => `hidden ${k} ${hidden}.`),
  '::error::no',
  '%0A::error::no',
  '$y',
];

/** What must never reach a terminal raw. */
const ACTING = /[\0-\x09\x0b-\x1f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u;

/** The tests' own loader must not be asked of other programs. */
const PLAIN = { ...process.env, NODE_OPTIONS: '' };

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Numbers under the hostile names, the names themselves as levels, and a target of two classes. */
function hostileCsv(names: readonly string[]): string {
  const row = (i: number) => [
    ...names.map((_, j) => (i * (2 * j + 3) + j) % 47),
    quoted(NAMES[(i * 7) % NAMES.length]),
    (i * 5 + (i % 3)) % 7 > 3 ? 'u' : 'v',
  ];
  const header = [...names, 'level', 'kind'].map(quoted);
  return `${[header, ...Array.from({ length: 120 }, (_, i) => row(i))].join('\n')}\n`;
}

function schemaOf(name: string) {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schema', `${name}.schema.json`), 'utf8'));
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
}

describe('hostile names and files', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const FIT = ['-t', 'kind', '-p', 'ridge', '-l', '0.05,0.01'];

  /** Runs a command that must succeed or fail a check, and never as a bug. */
  async function run(args: readonly string[]) {
    const outcome = await runCli(args);
    expect(outcome.code, outcome.stderr).to.be.oneOf([0, 1]);
    expect(outcome.stderr).to.not.match(ACTING);
    expect(outcome.stderr).to.not.match(/^::|\n::/);
    return outcome.stdout;
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-hostile-'));
    writeFileSync(at('data.csv'), hostileCsv(NAMES));
    await run(['fit', at('data.csv'), ...FIT, '--save', at('model.json')]);
    await run(['fit', at('data.csv'), ...FIT, '--seed', '2', '--save', at('other.json')]);
  });
  after(() => rmSync(folder, { recursive: true }));

  const REPORTS: [string, () => string[]][] = [
    ['fit', () => ['fit', at('data.csv'), ...FIT, '--rows', 'all']],
    ['evaluate', () => ['evaluate', at('model.json'), at('data.csv'), '--rows', 'all']],
    ['verify', () => ['verify', at('model.json'), at('data.csv')]],
    ['diff', () => ['diff', at('model.json'), at('other.json'), '--rows', 'all']],
    ['inspect', () => ['inspect', at('model.json'), '--rows', 'all']],
  ];

  for (const [command, args] of REPORTS) {
    it(`${command} shows them harmlessly in a table and in Markdown`, async () => {
      expect(await run([...args(), '--color', 'never'])).to.not.match(ACTING);
      const markdown = await run([...args(), '--format', 'markdown']);
      expect(markdown).to.not.match(ACTING);
      expect(markdown).to.not.match(/<script>|<\/script>/);
      for (const line of markdown.split('\n')) expect(line).to.not.match(/^::/);
    });

    it(`${command} gives JSON of its schema`, async () => {
      const text = await run([...args(), '--json']);
      expect(text).to.not.match(ACTING);
      const report = JSON.parse(text);
      const validate = schemaOf(command === 'inspect' ? 'model' : command);
      expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
      // The checks of verify name no column.
      if (command !== 'verify')
        expect(JSON.stringify(report)).to.include(JSON.stringify(NAMES[10]).slice(1, -1));
    });

    it(`${command} gives CSV that every reader divides alike, guarded against formulas`, async () => {
      const rows = parse(await run([...args(), '--format', 'csv'])) as string[][];
      for (const cell of rows.flat()) expect(cell).to.not.match(/^[=@]/);
    });
  }

  it('fit and inspect give every name back as it was', async () => {
    const fit = JSON.parse(await run(['fit', at('data.csv'), ...FIT, '--json']));
    const levels = [...NAMES].sort().map((name) => `level=${name}`);
    expect(fit.features).to.deep.equal([...NAMES, ...levels]);
    const model = JSON.parse(await run(['inspect', at('model.json'), '--json']));
    expect(model.features.map(({ name }: { name: string }) => name)).to.deep.equal(fit.features);
    const table = parse(
      await run(['fit', at('data.csv'), ...FIT, '--format', 'csv', '--table', 'coefficients']),
    );
    const guarded = (name: string) => (/^'*[=+\-@]/.test(name) ? `'${name}` : name);
    expect((table as string[][]).slice(1).map(([name]) => name)).to.deep.equal(fit.features.map(guarded));
  });

  it('messages of every kind write out what cannot be seen', async () => {
    const hidden = INVISIBLE.replace(/[\0-\x1f]/g, '');
    const good = Array.from({ length: 30 }, (_, i) => `${i},${(i * 7) % 11}`).join('\n');
    writeFileSync(at('dirty.csv'), `x${hidden},y\n${good}\n3${hidden},4\n`);
    writeFileSync(at('broken.json'), `{"a": ${hidden}}`);
    writeFileSync(at('few.csv'), 'a\n1\n');
    for (const args of [
      [`fit${hidden}`],
      ['fit', at(`no${hidden}.csv`), '-t', 'y'],
      ['fit', at('data.csv'), '-t', hidden],
      ['fit', at('data.csv'), '-t', 'kind', `--${hidden}`],
      ['fit', at('data.csv'), '-t', 'kind', '--features', `a${hidden}`],
      ['fit', at('data.csv'), '-t', 'kind', '--lambda', hidden],
      ['fit', at('data.csv'), '-t', 'kind', '--require', `lambda > "${hidden}"`],
      ['fit', at('data.csv'), '-t', 'kind', '--require', `coef("${hidden}") > 0`],
      ['fit', at('data.csv'), '-t', 'kind', '--gates', at('broken.json')],
      ['fit', at('data.csv'), '-t', 'kind', '--save', at(`no${hidden}/m.json`)],
      ['fit', at('dirty.csv'), '-t', 'y'],
      ['predict', at('broken.json'), at('data.csv')],
      ['predict', at('model.json'), at('few.csv')],
      ['evaluate', at('model.json'), at('few.csv'), '-q'],
      ['diff', at('model.json'), at('broken.json')],
      ['export', at('model.json'), '--to', hidden],
    ]) {
      const { code, stderr } = await runCli(args);
      expect(code, `${args.join(' ')}\n${stderr}`).to.be.oneOf([2, 3]);
      expect(stderr).to.match(/^shrinkfit: /);
      expect(stderr, args[0]).to.not.match(ACTING);
    }
  });

  it('exports hold no character that cannot be seen', async () => {
    for (const to of ['js', 'python', 'r', 'sql']) {
      const { code, stdout } = await runCli(['export', at('model.json'), '--to', to]);
      expect(code === 0 ? stdout : '', to).to.not.match(ACTING);
    }
  });

  it('predict and select pass every cell through byte for byte', async () => {
    const content = readFileSync(at('data.csv'), 'utf8');
    const before = parse(content) as string[][];
    const predicted = parse(await run(['predict', at('model.json'), at('data.csv')])) as string[][];
    expect(predicted.map((row) => row.slice(0, -2))).to.deep.equal(before);
    expect(await run(['select', at('data.csv'), ...FIT, '-q'])).to.equal(content);
  });

  it('reports to CI parse, and no line of them is a command', async () => {
    const gates = NAMES.map((name) => ({
      expression: `coef(${JSON.stringify(name)}) > 1e9`,
      name,
      remedy: name,
    }));
    writeFileSync(at('gates.json'), JSON.stringify({ require: gates }));
    const reports = ['--report', `junit=${at('junit.xml')}`, '--report', `markdown=${at('report.md')}`];
    const { code } = await runCli(['fit', at('data.csv'), ...FIT, '--gates', at('gates.json'), ...reports]);
    expect(code).to.equal(1);
    const xml = readFileSync(at('junit.xml'), 'utf8');
    expect(JSON.stringify(parseXml(xml))).to.include('</script>');
    expect(readFileSync(at('report.md'), 'utf8')).to.not.match(/<script>|^::/m);
    const github = await runCli([
      'fit',
      at('data.csv'),
      ...FIT,
      '--gates',
      at('gates.json'),
      '--report',
      'github',
    ]);
    const commands = github.stderr.split('\n').filter((line) => line.startsWith('::'));
    for (const line of commands) expect(line).to.match(/^::(error|warning|notice) title=[^:]*::[^\r\n]*$/);
    expect(commands.length).to.be.within(1, 11);
  });

  it('exports are programs that parse, and nothing in them runs', async () => {
    for (const [language, extension, check] of [
      ['js', 'mjs', [process.execPath, '--check']],
      ['python', 'py', ['python3', '-m', 'py_compile']],
    ] as const) {
      const file = at(`score.${extension}`);
      writeFileSync(file, await run(['export', at('model.json'), '--to', language]));
      const { status, error, stderr } = spawnSync(check[0], [...check.slice(1), file], {
        cwd: folder,
        env: PLAIN,
      });
      if (error === undefined) expect(status, String(stderr)).to.equal(0);
    }
    expect((await runCli(['export', at('model.json'), '--to', 'sql'])).code).to.be.oneOf([0, 3]);
    expect(readdirSync(folder)).to.not.include('pwned');
    expect(readdirSync(ROOT)).to.not.include('pwned');
  });

  it('a name of a megabyte goes through every command', async () => {
    const long = `x${'long '.repeat(200_000)}`.trim();
    const [csv, model] = [at('long.csv'), at('long.json')];
    writeFileSync(csv, hostileCsv(['a', long]));
    const fit = JSON.parse(await run(['fit', csv, ...FIT, '--exclude', 'level', '--save', model, '--json']));
    expect(fit.features[1]).to.equal(long);
    for (const args of [
      ['fit', csv, ...FIT, '--exclude', 'level'],
      ['evaluate', model, csv],
      ['verify', model, csv],
      ['diff', model, model],
      ['inspect', model],
    ]) {
      expect((await run(args)).length, args[0]).to.be.below(100_000);
    }
    const [header] = parse(await run(['predict', model, csv])) as string[][];
    expect(header[1]).to.equal(long);
    expect((await run(['select', csv, ...FIT, '-q'])).length).to.be.above(long.length);
    expect(await run(['export', model, '--to', 'js'])).to.include(long);
  });

  it('a model file that is re-signed, deep or polluting is refused with a reason by every command', async () => {
    const text = readFileSync(at('model.json'), 'utf8');
    const resigned = (change: (model: Record<string, unknown>) => void) => {
      const { digest: _, ...model } = JSON.parse(text);
      change(model);
      return JSON.stringify({ ...model, digest: contentDigest(model) });
    };
    const bad = {
      deep: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      polluting: text.replace('"weights": null', '"weights": null, "__proto__": {"polluted": 1}'),
      resigned: resigned((model) => Object.assign(model, { features: [{ name: '</script>' }] })),
      moved: resigned((model) => Object.assign(model, { intercept: 1e9 })),
      control: '{"schema":"\u001b[31m::error::"}',
    };
    for (const [title, content] of Object.entries(bad)) {
      writeFileSync(at('bad.json'), content);
      for (const args of [
        ['predict', at('bad.json'), at('data.csv')],
        ['evaluate', at('bad.json'), at('data.csv')],
        ['verify', at('bad.json'), at('data.csv')],
        ['inspect', at('bad.json')],
        ['diff', at('bad.json'), at('model.json')],
        ['export', at('bad.json'), '--to', 'js'],
      ]) {
        const { code, stdout, stderr } = await runCli(args);
        expect([title, args[0], code, stdout]).to.deep.equal([title, args[0], 3, '']);
        expect(stderr).to.match(/^shrinkfit: bad\.json: /);
        expect(stderr).to.not.match(ACTING);
        expect(stderr.length).to.be.below(2000);
      }
    }
  });
});
