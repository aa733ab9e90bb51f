import { fstatSync, type Stats, statSync } from 'node:fs';

/**
 * From this many bytes of input on, a command runs on a second thread. Starting it costs about as much as starting node, so it should be
 * small compared with the work; below, a fit takes less than half a second.
 */
const LONG = 16 * 1024 * 1024;

/** Number of lambdas on a default path. */
const USUAL_LAMBDAS = 100;

/**
 * Whether a command may take so long that the user wants to end it, estimated from the sizes of the named files and from options that
 * repeat the work. Input of unknown size counts as long. The estimate changes no result.
 *
 * @param args the words after `shrinkfit`
 */
export function takesLong(args: readonly string[]): boolean {
  const bytes = args.reduce((sum, word) => sum + bytesOf(word), 0);
  return bytes * repetitions(args) >= LONG;
}

function bytesOf(word: string): number {
  if (word === '-') return sizeOf(() => fstatSync(0));
  const path = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
  return sizeOf(() => statSync(path));
}

/** 0 if it is not a file, infinite for a pipe. */
function sizeOf(stat: () => Stats): number {
  try {
    const stats = stat();
    if (stats.isFIFO() || stats.isSocket()) return Number.POSITIVE_INFINITY;
    return stats.isFile() ? stats.size : 0;
  } catch {
    return 0;
  }
}

function repetitions(args: readonly string[]): number {
  const [folds, count] = [wordAfter(args, '--cv'), wordAfter(args, '--lambda-count')].map(Number);
  const lambda = wordAfter(args, '--lambda') ?? wordAfter(args, '-l') ?? '';
  const lambdas = count || Number(lambda.split(':')[2]) || lambda.split(',').length;
  return (1 + (folds || 0)) * Math.max(1, lambdas / USUAL_LAMBDAS);
}

/** The value of an option, as `--name value`, `--name=value`, or `-nvalue` of a short one. */
function wordAfter(args: readonly string[], name: string): string | undefined {
  const lead = name.startsWith('--') ? `${name}=` : name;
  const joined = args.find((word) => word.startsWith(lead) && word !== name);
  return joined?.slice(lead.length).replace(/^=/, '') ?? args[args.indexOf(name) + 1 || args.length];
}
