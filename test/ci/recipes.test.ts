import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseXml } from '../report/xml.js';
import { blocksOf, fileOf, jobDirectory, parseYaml, runScript } from './recipes.js';

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

describe('a recipe for CI', function () {
  this.timeout(60_000);
  let directory: string;
  const textOf = (name: string) => readFileSync(join(directory, name), 'utf8');
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    directory = jobDirectory();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('runs in GitLab and leaves the artifacts that it names', async () => {
    const { model } = parseYaml(blocksOf('docs/ci-gitlab.md', 'yaml')[0]) as {
      model: { script: string[]; artifacts: { when: string; paths: string[]; reports: { junit: string } } };
    };
    writeFileSync(join(directory, 'gates.json'), blocksOf('docs/ci-gitlab.md', 'json')[0]);
    const { code, stderr } = await runScript(directory, model.script.join('\n'), {});
    expect(code).to.equal(0);
    expect(stderr).to.match(/^shrinkfit: warning: gate does not hold: nonzero <= 5 .*\n$/);
    expect(model.artifacts.when).to.equal('always');
    for (const path of model.artifacts.paths) expect(JSON.parse(textOf(path)).gates).to.have.length(3);
    const [suite] = parseXml(textOf(model.artifacts.reports.junit)).children;
    expect(suite.attributes).to.deep.include({ tests: '4', failures: '0', skipped: '1' });
    expect(suite.children[2].attributes.name).to.equal('bmi raises the target');
  });

  it('runs before a commit, and refuses it where a gate fails', async () => {
    const hooks = parseYaml(fileOf('.pre-commit-hooks.yaml')) as {
      id: string;
      entry: string;
      language: string;
    }[];
    const config = parseYaml(blocksOf('docs/ci-pre-commit.md', 'yaml')[0]) as {
      repos: { hooks: { id: string; args: string[]; files: string }[] }[];
    };
    const [used] = config.repos[0].hooks;
    const hook = hooks.find(({ id }) => id === used.id)!;
    expect(hook.language).to.equal('node');
    expect('data/train.csv').to.match(new RegExp(used.files));
    const script = `${hook.entry} ${used.args.map(quoted).join(' ')}`;
    const settings = JSON.parse(blocksOf('docs/ci-pre-commit.md', 'json')[0]);
    writeFileSync(join(directory, 'package.json'), JSON.stringify(settings));
    expect((await runScript(directory, script, {})).code).to.equal(0);
    settings.shrinkfit.gates.require.push('nonzero <= 5');
    writeFileSync(join(directory, 'package.json'), JSON.stringify(settings));
    expect((await runScript(directory, script, {})).code).to.equal(1);
  });
});
