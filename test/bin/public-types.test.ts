import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../cli/run-cli.js';

const read = (...names: string[]) => readFileSync(join(ROOT, ...names), 'utf8');

/** What a user writes; each line that must not compile is marked, and the compiler objects where one does. */
const PROGRAM = `
import { fit, predict, readCsv, select, type FitReport, type Model, modelOf, UsageError } from 'shrinkfit';

interface Sale { readonly price: number; readonly area: number | null; readonly city: string }

export async function use(sales: readonly Sale[], report: FitReport): Promise<number[]> {
  const gaussian = await fit(sales, { target: 'price', family: 'gaussian', lambda: 0.1 });
  const model: Model = modelOf(gaussian, 0.1);
  await fit({ columns: { y: new Float64Array(3), x: [1, null, 3] } }, { target: 'y', lambda: [1, 2], upper: { x: 0 } });
  await fit(await readCsv('file.csv', { delimiter: ';' }), { target: 'y', lambda: { count: 5 } });
  const { kept }: { readonly kept: readonly string[] } = await select('file.csv', { target: 'y', csv: { decimal: ',' } });
  const answer = await predict(model, sales);
  // @ts-expect-error: without its family a report has the metrics of either
  report.path[0].train.rmse;
  // @ts-expect-error: a gaussian fit has no log loss
  gaussian.path[0].train.logLoss;
  // @ts-expect-error: no such option
  await fit(sales, { target: 'price', lambada: 1 });
  // @ts-expect-error: a list of names
  await fit(sales, { target: 'price', features: 'area' });
  // @ts-expect-error: classes are of two
  answer.classes;
  // @ts-expect-error: the kernels are nobody's business
  await readCsv('file.csv', { engine: null });
  if (answer.family === 'binomial') console.log(answer.classes, kept, UsageError);
  if (report.family === 'gaussian') return [report.path[0].train.rmse, report.baseline.train.mse];
  return [report.path[0].train.logLoss, ...gaussian.path.map((point) => point.test?.rmse ?? 0)];
}
`;

describe('the public types', () => {
  it('are those of docs/api.d.ts: they change on purpose only (npm run api)', () => {
    expect(read('dist', 'index.d.ts')).to.equal(read('docs', 'api.d.ts'));
    expect(read('dist', 'index.d.cts')).to.equal(read('docs', 'api.d.ts'));
  });

  it('hold nothing of the engine, and need no other package', () => {
    expect(read('dist', 'index.d.ts')).to.not.match(
      /Engine|Wasm|WebAssembly|SharedArrayBuffer|Prepared|ThreadPool|^import |\bany\b(?=[;,)\]>])/m,
    );
  });

  it('have a name for each value that the package exports', async () => {
    const names = Object.keys(await import(join(ROOT, 'dist', 'index.js')));
    const declared = [...read('dist', 'index.d.ts').matchAll(/^export declare (?:abstract )?\w+ (\w+)/gm)];
    expect(names.sort()).to.deep.equal([...new Set(declared.map(([, name]) => name))].sort());
  });

  it('suit the programs of users, for import and for require', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-types-'));
    try {
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(ROOT, join(folder, 'node_modules', 'shrinkfit'), 'junction');
      for (const name of ['user.mts', 'user.cts']) writeFileSync(join(folder, name), PROGRAM);
      const compilerOptions = {
        ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, preserveSymlinks: true },
        ...{ module: 'NodeNext', target: 'ES2022', skipLibCheck: false },
        ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')] },
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
      const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
      let said = '';
      try {
        execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8', cwd: folder });
      } catch (error) {
        said = (error as { stdout: string }).stdout;
      }
      expect(said).to.equal('');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
