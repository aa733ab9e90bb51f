import type { Check, CheckReport } from '../check.js';
import { fitText } from '../text/display-width.js';
import { runnerMessage, runnerProperty } from '../text/safe-text.js';

/** A runner shows ten annotations of each level per step and drops the others. */
const SHOWN = 10;
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 2000;

/**
 * Checks that do not hold as workflow commands of GitHub Actions: `::error title=...::...` and `::warning ...`, a line
 * each. Of more than ten of a level the tenth counts the rest.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function* checkAnnotations({ command, subject, checks }: CheckReport): Generator<string> {
  const title = (rest: string) => `shrinkfit ${command} ${cut(subject, LONGEST_TITLE)}${rest}`;
  const failed = checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const warned = checks.filter(({ outcome }) => outcome === 'warned');
  for (const [level, list] of [
    ['error', failed],
    ['warning', warned],
  ] as const) {
    const shown = list.length > SHOWN ? list.slice(0, SHOWN - 1) : list;
    for (const check of shown) {
      yield annotation(level, title(`: ${cut(check.name, LONGEST_TITLE)}`), messageOf(check));
    }
    const rest = list.length - shown.length;
    if (rest > 0) yield annotation(level, title(''), `${rest} more checks do not hold; see the log`);
  }
}

function annotation(level: 'error' | 'warning', title: string, message: string): string {
  return `::${level} title=${runnerProperty(title)}::${runnerMessage(message)}\n`;
}

const messageOf = ({ message, remedy }: Check): string =>
  `${cut(message, LONGEST_MESSAGE)}. Remedy: ${cut(remedy, LONGEST_MESSAGE)}`;

const cut = (text: string, length: number): string => fitText(text, length, (same) => same);
