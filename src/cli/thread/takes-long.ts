import { fstatSync, type Stats, statSync } from 'node:fs';

/**
 * Bytes of input from which on a command runs on a thread of its own. Starting that costs about as much as starting node, so it should
 * be little beside the work; below, a fit takes less than half a second.
 */
const LONG = 16 * 1024 * 1024;

/** What a path of lambdas has unless more are asked for. */
const USUAL_LAMBDAS = 100;

/**
 * Whether a command may take so long that somebody wants to end it: by the size of the files that its words name and by how often
 * the options repeat the work. Input of unknown size may take for ever. An estimate: it changes no result.
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

/** 0 for what is no file, infinite for a pipe. */
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
