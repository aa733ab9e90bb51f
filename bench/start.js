// node bench/start.js [RUNS]: what starting costs, next to a node that does nothing.
import { join } from 'node:path';
import { ROOT } from './cases.js';
import { time } from './command.js';
import { median } from './statistics.js';

const BIN = join(ROOT, 'bin', 'shrinkfit.js');
const DIABETES = join(ROOT, 'fixtures', 'diabetes.csv');
const COMMANDS = [
  ['node -e 0', ['-e', '0']],
  ['shrinkfit --version', [BIN, '--version']],
  ['shrinkfit fit diabetes.csv', [BIN, 'fit', DIABETES, '--target', 'target']],
];

const rounds = Number(process.argv[2] ?? 20);
// In turn, not one after the other, so that a busy spell of the machine meets all of them; the first round warms up.
const seconds = Array.from({ length: rounds + 1 }, () =>
  COMMANDS.map(([, args]) => time([process.execPath, ...args])),
);
COMMANDS.forEach(([name], k) => {
  const own = seconds.slice(1).map((round) => 1000 * round[k].seconds);
  console.log(`${name.padEnd(28)} ${median(own).toFixed(0)} ms (${Math.min(...own).toFixed(0)} at best)`);
});
