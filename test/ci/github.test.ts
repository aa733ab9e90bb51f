import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/main.js';
import { type Outcome, ROOT } from '../cli/run-cli.js';
import { silentTerminal } from '../cli/silent-terminal.js';
import { parseXml } from '../report/xml.js';
import { hostileWorkspace, packageRegistry } from './hostile-workspace.js';
import { blocksOf, executable, fileOf, jobDirectory, parseYaml, runScript } from './recipes.js';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const ACTION: Action = parseYaml(fileOf('action.yml'));
const [STEP] = ACTION.runs.steps;
const { version } = JSON.parse(fileOf('package.json'));

/** What a run of the Action left behind. */
interface ActionOutcome extends Outcome {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Inputs that hold an option on each line. */
const LISTS = new Set(['require', 'warn', 'args']);

/** Puts a program in the place of `node` that only writes its words down; they are what the returned function reads. */
function recordWords(directory: string): () => readonly string[] {
  const file = join(directory, 'words');
  executable(join(directory, 'bin/node'), `printf '%s\\0' "$@" >'${file}'\n`);
  return () => readFileSync(file, 'utf8').split('\0').slice(0, -1);
}

/** Runs a command line in a directory, in this process. */
async function runWithin(directory: string, words: readonly string[]): Promise<number> {
  const before = process.cwd();
  process.chdir(directory);
  try {
    return await runCommandLine(words, silentTerminal());
  } finally {
    process.chdir(before);
  }
}

describe('the GitHub Action', function () {
  this.timeout(60_000);
  let directory: string;
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    directory = jobDirectory();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Runs its script as the runner does: inputs put into the step's environment, the runner's files beside them. */
  async function act(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<ActionOutcome> {
    const read = (name: string) => inputs[name] ?? ACTION.inputs[name].default ?? '';
    const filled = Object.entries(STEP.env).map(([name, value]) => {
      const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)!;
      return [name, read(input)];
    });
    const file = (name: string) => join(directory, name);
    const outcome = await runScript(directory, STEP.run, {
      ...Object.fromEntries(filled),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      RUNNER_TEMP: directory,
      NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9/',
      npm_config_ignore_scripts: 'false',
      ...env,
    });
    const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    const lines = textOf(file('output')).split('\n').filter(Boolean);
    const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    return { ...outcome, outputs, summary: textOf(file('summary')) };
  }

  it('puts every input into the environment and none into the script', () => {
    expect(STEP.run).to.not.include('${{');
    const used = Object.values(STEP.env).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1]);
    expect(used.sort()).to.deep.equal(Object.keys(ACTION.inputs).sort());
    for (const [name, { value }] of Object.entries(ACTION.outputs)) {
      expect(value).to.equal(`\${{ steps.fit.outputs.${name} }}`);
      expect(STEP.run).to.include(`${name}=`);
    }
  });

  it('does what the documentation shows', async () => {
    const [workflow] = blocksOf('docs/ci-github.md', 'yaml');
    const { jobs } = parseYaml(workflow) as {
      jobs: { gates: { steps: { uses: string; with: Record<string, string> }[] } };
    };
    const step = jobs.gates.steps.find(({ uses }) => uses.startsWith('shrinkfit/'))!;
    expect(Object.keys(ACTION.inputs)).to.include.members(Object.keys(step.with));
    const { code, stderr, outputs, summary } = await act(step.with);
    expect(code).to.equal(0);
    expect(stderr).to.match(/^::warning title=[^\n]*nonzero <= 5::/);
    expect(outputs).to.deep.include({ 'exit-code': '0' });
    const { gates } = JSON.parse(readFileSync(outputs.json, 'utf8'));
    expect(gates.map(({ expression }: { expression: string }) => expression)).to.deep.equal([
      'test.rmse <= 0.8 * baseline',
      'coef("bmi") > 0',
      'nonzero <= 5',
    ]);
    expect(parseXml(readFileSync(outputs.junit, 'utf8')).attributes.tests).to.equal('4');
    expect(summary).to.include('3 of 4 checks passed');
    expect(readFileSync(join(directory, 'version'), 'utf8')).to.equal(version);
    expect(readFileSync(join(directory, 'settings'), 'utf8')).to.equal('');
  });

  it('fails as shrinkfit does, with its outputs written', async () => {
    const failed = await act({
      file: 'data/train.csv',
      target: 'target',
      require: 'nonzero <= 5',
      path: ROOT,
    });
    expect(failed.code).to.equal(1);
    expect(failed.outputs['exit-code']).to.equal('1');
    expect(failed.stderr).to.match(/^::error title=/);
    expect(existsSync(join(directory, 'version'))).to.equal(false);
    const wrong = await act({ file: 'data/train.csv', target: 'target', require: 'nonzeros <= 5' });
    expect(wrong.code).to.equal(2);
    const missing = await act({ file: 'none.csv', target: 'target' });
    expect(missing.code).to.equal(3);
    expect(missing.summary).to.include('0 of 1 checks passed');
  });

  it('installs the version that it is released with, and only a version in full', async () => {
    expect(ACTION.inputs.version.default).to.equal(version);
    const { jobs } = parseYaml(blocksOf('docs/ci-github.md', 'yaml')[0]) as {
      jobs: { gates: { steps: { uses: string }[] } };
    };
    expect(jobs.gates.steps.map(({ uses }) => uses)).to.include(`shrinkfit/shrinkfit@v${version}`);
    for (const wrong of ['latest', '^0.1.0', '0.1', '0.1.0 x', 'npm:other@1.0.0', '../copy']) {
      const { code, stdout } = await act({ file: 'data/train.csv', target: 'target', version: wrong });
      expect(code, wrong).to.equal(2);
      expect(stdout).to.match(/^::error title=shrinkfit::the input version /);
    }
  });

  it('does not let the checkout choose what is run', async function () {
    this.timeout(0);
    const registry = await packageRegistry();
    try {
      const workspace = hostileWorkspace(directory);
      rmSync(join(directory, 'bin/npm'));
      const { code, stderr, outputs } = await act(
        { file: 'data/train.csv', target: 'target', require: 'nonzero <= 5', registry: registry.url },
        { HOME: workspace, npm_config_cache: join(directory, 'cache') },
      );
      expect(existsSync(join(directory, 'hit')), stderr).to.equal(false);
      expect(stderr).to.match(/^::error title=[^\n]*nonzero <= 5::/m);
      expect(code).to.equal(1);
      expect(JSON.parse(readFileSync(outputs.json, 'utf8')).schema).to.equal('shrinkfit/fit/1');
      expect(registry.asked).to.include('/shrinkfit');
    } finally {
      registry.close();
    }
  });

  it('runs the lines of the documentation that do without it', async () => {
    const [, line] = blocksOf('docs/ci-github.md', 'yaml');
    const [gates] = blocksOf('docs/ci-gitlab.md', 'json');
    const { run } = parseYaml(line) as { run: string };
    const script = `cat >gates.json <<'JSON'\n${gates}JSON\n${run}`;
    const { code, stdout } = await runScript(directory, script, {});
    expect(code).to.equal(0);
    expect(stdout).to.include('Gates: 2 of 3 passed');
  });

  for (const input of Object.keys(ACTION.inputs)) {
    it(`does not execute what is in its input ${input}`, async () => {
      const tricks = [
        '$(touch hit)',
        '`touch hit`',
        "'; touch hit; '",
        '"; touch hit; "',
        'a\ntouch hit\n',
        '-- && touch hit',
        '--eval=require("fs").writeFileSync("hit","")//',
      ];
      const words = recordWords(directory);
      for (const trick of tricks) {
        const { code, stdout, outputs } = await act({
          file: 'data/train.csv',
          target: 'target',
          [input]: trick,
        });
        expect(existsSync(join(directory, 'hit')), trick).to.equal(false);
        expect(Object.keys(outputs), trick).to.have.length.below(4);
        expect(
          stdout.replace(/^::error title=shrinkfit::the input (version|registry) .*\n/, ''),
          trick,
        ).to.equal('');
        if (input === 'version' || input === 'registry') {
          expect(code, trick).to.equal(2);
          continue;
        }
        const [, program, ...given] = words();
        if (input === 'path') {
          expect(program, trick).to.equal(`${trick}/bin/shrinkfit.js`);
          continue;
        }
        const lines = LISTS.has(input) ? trick.split('\n').filter(Boolean) : [trick];
        const option = input === 'args' || input === 'file' ? '' : `--${input}=`;
        expect(given, trick).to.include.members(lines.map((line) => option + line));
        // Anything can be the name of a model file.
        expect(await runWithin(directory, given), trick).to.be.oneOf(input === 'save' ? [0] : [2, 3]);
        expect(existsSync(join(directory, 'hit')), trick).to.equal(false);
      }
    });
  }
});
