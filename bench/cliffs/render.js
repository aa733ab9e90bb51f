// What a hunt found, in text: a line for each command while it goes on, the worst ones at the end.
import { complaints } from './verdict.js';

/** Words of a command line, as a shell takes them. */
export function shellLine(command) {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

/** Shape, target and problem of a draw in a few words. */
export function describe({ index, data, folds }) {
  const levels = data.levels === undefined ? '' : ` + levels ${data.levels.join(', ')}`;
  const cv = folds > 0 ? `, ${folds} folds` : '';
  return `#${index} ${data.family} ${data.rows} x ${data.features}${levels}${cv}`;
}

/** One line: what was drawn, how long both took, and what is to be said against it. */
export function progressLine(result) {
  return [describe(result), options(result.command), figures(result), ...complaints(result)].join(' | ');
}

/** The options of a problem, without the files. */
function options(command) {
  const from = command.indexOf('--penalty');
  const shown = command.slice(from).join(' ');
  return shown.length > 160 ? `${shown.slice(0, 160)}...` : shown;
}

function figures({ failure, ratio, cpuRatio, wallRatio, ours, glmnet }) {
  if (failure !== null) return 'failed';
  const ended = ({ cpu, wall, timedOut }) =>
    `${timedOut ? 'over ' : ''}${cpu.toFixed(2)} s (wall ${wall.toFixed(2)})`;
  const both = `(processor ${cpuRatio.toFixed(2)}, wall ${wallRatio.toFixed(2)})`;
  return `ratio ${ratio.toFixed(2)} ${both}: ours ${ended(ours)}, glmnet ${ended(glmnet)}`;
}

/** The results to look at, worst first: failures, then by ratio. */
export function worstFirst(results) {
  const rank = ({ failure, ratio }) => (failure === null ? ratio : Number.POSITIVE_INFINITY);
  return [...results].sort((a, b) => rank(b) - rank(a));
}

/** The list at the end of a hunt. */
export function renderHunt(results, { seed, cells, starts, worst }) {
  const faulty = results.filter((result) => complaints(result).length > 0);
  const [ours, glmnet] = [starts.ours, starts.glmnet].map(
    ({ cpu, wall }) => `${cpu.toFixed(2)} s (wall ${wall.toFixed(2)})`,
  );
  const head =
    `Seed ${seed}: ${results.length} commands, ${faulty.length} to look at. Start-up: ours ${ours}, glmnet ${glmnet}. Ratios are of ` +
    'time without start-up, the smaller one of processor and wall, above 1 where ours is slower by more than its start-up.';
  const again = ({ index }) =>
    `npm run bench:cliffs -- --seed ${seed} --only ${index}${cells === DEFAULT_CELLS ? '' : ` --cells ${cells}`}`;
  const entries = worstFirst(results)
    .slice(0, worst)
    .map((result) =>
      [progressLine(result), `    ${again(result)}`, `    ${shellLine(result.command)}`].join('\n'),
    );
  return `${[head, '', ...entries].join('\n')}\n`;
}

const DEFAULT_CELLS = 5_000_000;
