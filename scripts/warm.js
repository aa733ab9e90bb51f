// Runs the command line and keeps what V8 compiled meanwhile, for bin/load.cjs. Its output is of no interest.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODE_CACHE, load } from '../bin/load.cjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (_text, done) => done?.() ?? true;
  stream.setMaxListeners(0);
}
const { main, script } = load();

// Large fits run code of their own: the plain lane of the reader, and the compiled kernels, for tall and for wide data.
const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-warm-'));
try {
  for (const [rows, columns] of [
    [6000, 30],
    [150, 1200],
  ]) {
    for (const target of ['gaussian', 'binomial']) {
      const file = join(folder, `${target}-${columns}.csv`);
      writeFileSync(file, table(rows, columns, target));
      await main(['fit', file, '--target', 'y', '--lambda-count', '20']);
    }
  }
  await everyCommand(join(root, 'fixtures', 'diabetes.csv'), join(folder, 'model.json'));
} finally {
  rmSync(folder, { recursive: true });
}
writeFileSync(CODE_CACHE, script.createCachedData());

/** One run of each command, in the formats that are printed most. */
async function everyCommand(data, model) {
  const target = ['--target', 'target'];
  await main(['fit', data, ...target, '--save', model]);
  await main(['fit', data, ...target, '--cv', '5', '--json', '--require', 'test.r2 > 0']);
  await main(['select', data, ...target]);
  await main(['inspect', model]);
  await main(['verify', model, data]);
  await main(['evaluate', model, data]);
  await main(['predict', model, data]);
  await main(['diff', model, model]);
  await main(['export', model, '--to', 'sql']);
}

/** A CSV file of made-up numbers: `y` follows three of the columns. */
function table(rows, columns, target) {
  const noise = (i, j) => (Math.sin(12.9898 * i + 78.233 * j) * 43758.5453) % 1;
  const lines = [['y', ...Array.from({ length: columns }, (_, j) => `x${j}`)].join(',')];
  for (let i = 0; i < rows; i++) {
    const x = Array.from({ length: columns }, (_, j) => noise(i, j + 1));
    const eta = 2 * x[0] - x[1] + x[2] + noise(i, 0);
    const y = target === 'gaussian' ? eta.toFixed(6) : Number(eta > 0);
    lines.push([y, ...x.map((value) => value.toFixed(6))].join(','));
  }
  return `${lines.join('\n')}\n`;
}
