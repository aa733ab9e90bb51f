import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build, type Format } from 'esbuild';
import { ROOT } from '../cli/run-cli.js';

const FILE = join(ROOT, 'fixtures', 'diabetes.csv');

/** 30,000 cells, which is enough for threads; more columns than rows, so that threads do whole folds too. */
const PROGRAM = `
let threads = 0;
let failed = 0;
process.on('worker', (worker) => {
  threads++;
  worker.on('error', () => failed++);
});
const columns = {};
for (let j = 0; j < 250; j++) columns['x' + j] = Array.from({ length: 120 }, (_, i) => Math.sin(i * (j + 1.1)));
columns.y = columns.x0.map((x, i) => x + Math.sin(i * i));
const main = async () => {
  const options = { target: 'y', cv: 12, lambda: { count: 20 } };
  const report = await fit({ columns }, { ...options, threads: 3 });
  const onThreads = { threads, failed };
  const alone = await fit({ columns }, options);
  const file = await fit(process.argv[2], { target: 'target', lambda: 1 });
  const { predictions } = await predict(report, { columns });
  const chunks = await renderFit(file, { format: 'csv' });
  const error = await fit({ columns }, { target: 'z' }).catch((error) => error);
  const sql = await exportModel(file, { to: 'sql' });
  const same = JSON.stringify(report) === JSON.stringify(alone);
  const copy = await parseModel(modelText(report));
  console.log(JSON.stringify({
    same, onThreads, path: file.path, predictions: predictions.slice(0, 5), text: [...chunks].join(''),
    usage: error instanceof UsageError, sql, version: VERSION, lambda: copy.lambda,
  }));
};
main();
`;
const NAMES = 'fit, predict, renderFit, exportModel, modelText, parseModel, UsageError, VERSION';
const ESM = `import { ${NAMES} } from 'shrinkfit';\n${PROGRAM}`;
const COMMON = `const { ${NAMES} } = require('shrinkfit');\n${PROGRAM}`;

describe('the package', () => {
  let folder: string;
  let expected: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-package-'));
    mkdirSync(join(folder, 'user', 'node_modules'), { recursive: true });
    symlinkSync(ROOT, join(folder, 'user', 'node_modules', 'shrinkfit'), 'junction');
    expected = run('user/program.mjs', ESM);
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(name: string, program?: string): string {
    const path = join(folder, name);
    if (program !== undefined) writeFileSync(path, program);
    return execFileSync(process.execPath, [path, FILE], { encoding: 'utf8', cwd: folder });
  }

  it('serves import, on one thread and on several alike', () => {
    const { same, onThreads, usage, version, lambda, path } = JSON.parse(expected);
    expect({ same, usage }).to.deep.equal({ same: true, usage: true });
    // Two beside the caller for lanes of a job, and two for folds.
    expect(onThreads).to.deep.equal({ threads: 4, failed: 0 });
    expect(version).to.equal(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect(lambda).to.be.above(0);
    expect(path[0].coefficients.some((b: number) => b !== 0)).to.equal(true);
  });

  it('starts its threads whatever the flags of node are', () => {
    const flags = ['--input-type=module', '--eval', ESM, 'program', FILE];
    const options = { encoding: 'utf8', cwd: join(folder, 'user') } as const;
    expect(execFileSync(process.execPath, flags, options)).to.equal(expected);
  });

  it('serves require with the same', () => {
    expect(run('user/program.cjs', COMMON)).to.equal(expected);
  });

  for (const [format, name] of [
    ['esm', 'bundle.mjs'],
    ['cjs', 'bundle.cjs'],
  ] as [Format, string][]) {
    it(`works in a bundle of a user's (${format}) that is moved away from it`, async () => {
      writeFileSync(join(folder, 'user', 'entry.mjs'), ESM);
      const moved = mkdtempSync(join(folder, 'moved-'));
      const { warnings } = await build({
        entryPoints: [join(folder, 'user', 'entry.mjs')],
        outfile: join(moved, name),
        ...{ bundle: true, platform: 'node', format, logLevel: 'silent', preserveSymlinks: true },
      });
      expect(warnings).to.deep.equal([]);
      // What a file of the package beside it would be found by.
      expect(readdirSync(moved)).to.deep.equal([name]);
      cpSync(moved, join(folder, `away-${format}`), { recursive: true });
      expect(run(join(`away-${format}`, name))).to.equal(expected);
    });
  }

  it('has no side effects: what is imported and not used is left out of a bundle', async () => {
    writeFileSync(join(folder, 'user', 'unused.mjs'), "import { fit } from 'shrinkfit';\nconsole.log(1);\n");
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'user', 'unused.mjs')],
      ...{ bundle: true, platform: 'node', format: 'esm', write: false, preserveSymlinks: true },
    });
    expect(outputFiles[0].text.length).to.be.below(200);
  });

  it('is the same from both doors, name by name', async () => {
    const entry = join(ROOT, 'dist', 'index.js');
    const names = Object.keys(await import(entry)).sort();
    expect(Object.keys(createRequire(import.meta.url)(join(ROOT, 'dist', 'index.cjs'))).sort()).to.deep.equal(
      names,
    );
  });
});
