// The command line of the hunt.
import { parseArgs } from 'node:util';
import { wholeNumber } from '../arguments.js';

export const HELP = `Usage: npm run bench:cliffs -- [options]

Draws commands at random, times shrinkfit and glmnet on the same rows at the
same lambdas, and lists the worst ratios with the commands that show them.

      --seed N      Which hunt: the same seed draws the same commands.
                    Default: 1.
      --count N     How many commands. Default: 30.
      --from N      The number of the first one. Default: 0.
      --only N      Only the command with that number; its files are kept.
      --cells N     The most cells of a file. Default: 5000000.
      --limit S     Seconds after which a command is ended. Default: 60.
      --worst N     How many to list. Default: 10.
      --keep        Keep all files. Else only those of commands that are listed
                    as cliffs stay, in bench/data/cliffs.
      --no-install  Use the glmnet that is there; install nothing.
      --bin FILE    The shrinkfit to measure. Default: bin/shrinkfit.js.
  -h, --help        Show this help.
`;

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  count: { type: 'string', default: '30' },
  from: { type: 'string', default: '0' },
  only: { type: 'string' },
  cells: { type: 'string', default: '5000000' },
  limit: { type: 'string', default: '60' },
  worst: { type: 'string', default: '10' },
  keep: { type: 'boolean', default: false },
  'no-install': { type: 'boolean', default: false },
  bin: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/**
 * @param {string[]} args without node and the script
 * @returns {{seed: number, indexes: number[], cells: number, limit: number, worst: number, keep: boolean, install: boolean,
 *   bin: string | null, help: boolean}}
 * @throws Error that names what is wrong
 */
export function parseArguments(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const number = (name) => wholeNumber(`--${name}`, values[name]);
  const [first, count] = values.only === undefined ? [number('from'), number('count')] : [number('only'), 1];
  return {
    seed: number('seed'),
    indexes: Array.from({ length: count }, (_, k) => first + k),
    cells: number('cells'),
    limit: number('limit'),
    worst: number('worst'),
    keep: values.keep || values.only !== undefined,
    install: !values['no-install'],
    bin: values.bin ?? null,
    help: values.help,
  };
}
