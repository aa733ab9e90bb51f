// The command line of the benchmark.
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run bench -- [CASE...] [options]

Checks shrinkfit against its peers, then times whole commands in turn.

A CASE is a name, or the beginning of several: tall, tall-gaussian,
tall-gaussian-lasso. Default: all but those on request.

  -n, --runs N      Timed pairs of runs for each case and peer. 0 only checks.
                    Default: 5.
      --peers LIST  Only these peers: glmnet, sklearn, or none. Default: all
                    that are there.
      --quick       Small data: shows that every part works, its times mean
                    nothing.
      --no-install  Use the peers that are there; install nothing.
      --bin FILE    The shrinkfit to measure, to compare two builds. Default:
                    bin/shrinkfit.js.
      --list        Show the cases.
  -h, --help        Show this help.
`;

const OPTIONS = {
  runs: { type: 'string', short: 'n', default: '5' },
  peers: { type: 'string' },
  quick: { type: 'boolean', default: false },
  'no-install': { type: 'boolean', default: false },
  bin: { type: 'string' },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/**
 * @param {string[]} args without node and the script
 * @returns {{names: string[], runs: number, peers: string[] | null, quick: boolean, install: boolean,
 *   bin: string | null, list: boolean, help: boolean}} peers null: all
 * @throws Error that names what is wrong
 */
export function parseArguments(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  return {
    names: positionals,
    runs: wholeNumber('--runs', values.runs),
    peers: values.peers === undefined ? null : peerNames(values.peers),
    quick: values.quick,
    install: !values['no-install'],
    bin: values.bin ?? null,
    list: values.list,
    help: values.help,
  };
}

/** @throws Error that names the option */
export function wholeNumber(option, text) {
  if (!/^\d+$/.test(text)) throw new Error(`${option} takes a whole number, not ${text}`);
  return Number(text);
}

function peerNames(text) {
  return text === 'none' ? [] : text.split(',');
}
