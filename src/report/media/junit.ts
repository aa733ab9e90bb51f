import { type Check, type CheckReport, countOf } from '../check.js';
import { xml } from '../text/safe-text.js';

/**
 * Checks as JUnit XML, which GitLab, Jenkins and others show: a suite with a case for each check. A check of the level `warn` that does not
 * hold is a skipped case, because JUnit has no warnings and a passed case would hide it.
 *
 * Written by hand, because the format is a dozen lines and the packages that build XML cost more start-up time than a fit; the tests read
 * it with a strict parser. No times are in it, so that equal results give equal bytes.
 */
export function* checkJunit({ command, subject, checks }: CheckReport): Generator<string> {
  const suite = `shrinkfit ${command} ${subject}`;
  const counts =
    `tests="${checks.length}" failures="${countOf(checks, 'failed')}" ` +
    `errors="${countOf(checks, 'error')}" skipped="${countOf(checks, 'warned')}"`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="shrinkfit" ${counts}>\n`;
  yield `  <testsuite name="${xml(suite)}" ${counts}>\n`;
  for (const check of checks) yield caseLines(check, suite);
  yield '  </testsuite>\n</testsuites>\n';
}

const ELEMENTS = { failed: 'failure', error: 'error', warned: 'skipped' } as const;

function caseLines(check: Check, suite: string): string {
  const head = `    <testcase classname="${xml(suite)}" name="${xml(check.name)}"`;
  if (check.outcome === 'passed') return `${head}/>\n`;
  const element = ELEMENTS[check.outcome];
  const type = element === 'skipped' ? '' : ` type="${xml(check.kind)}"`;
  return (
    `${head}>\n      <${element}${type} message="${xml(check.message)}">` +
    `${details(check).map(xml).join('\n')}</${element}>\n    </testcase>\n`
  );
}

function details({ message, value, bound, remedy }: Check): string[] {
  const figures = value === null && bound === null ? [] : [`figure: ${value}`, `bound: ${bound}`];
  return [message, ...figures, `remedy: ${remedy}`];
}
