// npm run bench:stages -- CASE...: where the time of a command goes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases, BENCH, chooseCases } from './cases.js';
import { output } from './command.js';
import { ensureData } from './data.js';
import { command } from './ours.js';
import { median } from './statistics.js';

const RUNS = 5;

/** What each kernel is there for. A kernel that is not a job belongs to the path. */
export const STAGES = new Map([
  ['read', ['csvCount', 'csvParse', 'csvInsert']],
  ['lay out', ['standardizeColumns', 'selectRows', 'roundBlocks']],
  ['Gram', ['gramBlocks', 'gramTiles', 'gramBlocksFloat32', 'gramTilesFloat32', 'outerGramChunks']],
  // Certificates and errors share their pass over the rows.
  [
    'evaluate',
    [
      ...['evaluateBlocks', 'predictMany', 'gradientMany', 'manyResiduals', 'manyErrors', 'rankingAreas'],
      'quadraticForms',
    ],
  ],
  ['folds', ['foldGradients', 'foldGradientsFloat32']],
]);
const STAGE_OF = new Map([...STAGES].flatMap(([stage, kernels]) => kernels.map((kernel) => [kernel, stage])));

/** The stage of a kernel. */
export function stageOf(kernel) {
  return STAGE_OF.get(kernel) ?? 'path';
}

/**
 * Seconds in kernels and between them by stage, in the order the stages begin; what comes before the first kernel is the
 * start, what comes after the last one the end. Time between two kernels belongs to the later one.
 * @param {[string, number, number][]} calls name, and from when to when in milliseconds since the process began
 */
export function stageTimes(calls, end) {
  const times = new Map([['start', { kernels: 0, between: (calls[0]?.[1] ?? end) / 1000 }]]);
  let last = calls[0]?.[1] ?? end;
  for (const [kernel, from, to] of calls) {
    const stage = stageOf(kernel);
    const sum = times.get(stage) ?? { kernels: 0, between: 0 };
    times.set(stage, {
      kernels: sum.kernels + (to - from) / 1000,
      between: sum.between + (from - last) / 1000,
    });
    last = to;
  }
  return times.set('end', { kernels: 0, between: (end - last) / 1000 });
}

function profile(work, folder) {
  const file = join(folder, 'calls.json');
  const [node, ...args] = command(join(BENCH, 'inline.cjs'), work);
  process.env.BENCH_CALLS = file;
  output([node, '--import', join(BENCH, 'watch-kernels.js'), ...args]);
  const { calls, end } = JSON.parse(readFileSync(file, 'utf8'));
  return stageTimes(calls, end);
}

function render(name, runs) {
  const of = (stage, key) => median(runs.map((run) => run.get(stage)[key])).toFixed(3);
  const rows = [...runs[0].keys()].map(
    (stage) => `| ${stage} | ${of(stage, 'kernels')} | ${of(stage, 'between')} |`,
  );
  return [`| ${name}, s | in kernels | between |`, '| --- | ---: | ---: |', ...rows, ''].join('\n');
}

function main(names) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-'));
  try {
    for (const work of chooseCases(allCases(false), names)) {
      ensureData(work.data, console.error);
      const runs = Array.from({ length: RUNS }, () => profile(work, folder));
      console.log(render(work.name, runs));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
