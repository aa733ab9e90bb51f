import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { type Outcome, ROOT } from '../cli/run-cli.js';

/** A file of the repository as text. */
export const fileOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The blocks of one language in a page. */
export function blocksOf(page: string, language: string): readonly string[] {
  return [...fileOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block]) => block,
  );
}

/** YAML as data. */
export const parseYaml = (text: string) => load(text) as never;

/**
 * A directory as a CI job finds it: the training file in place, `shrinkfit` on the path, and an `npm` that installs this
 * repository's build. It insists on a folder of its own with settings of its own, and notes the version in the file `version`, and
 * the settings of the environment in `settings`.
 */
export function jobDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'shrinkfit-ci-'));
  mkdirSync(join(directory, 'data'));
  mkdirSync(join(directory, 'bin'));
  copyFileSync(join(ROOT, 'fixtures/diabetes.csv'), join(directory, 'data/train.csv'));
  const run = `exec '${process.execPath}' '${join(ROOT, 'bin/shrinkfit.js')}' "$@"\n`;
  const installed = `require(${JSON.stringify(join(ROOT, 'bin/shrinkfit.js'))});`;
  executable(
    join(directory, 'bin/npm'),
    [
      `[ "$1 $2 $3" = "install --prefix $PWD" ] && [ "$PWD" != '${directory}' ] || exit 99`,
      'case " $* " in *" --userconfig $PWD/user.npmrc --globalconfig $PWD/global.npmrc "*) ;; *) exit 98 ;; esac',
      'case " $* " in *" --ignore-scripts "*) ;; *) exit 97 ;; esac',
      `env | grep -i ^npm_config_ >'${join(directory, 'settings')}'`,
      'for last; do :; done',
      'mkdir -p node_modules/shrinkfit/bin',
      `printf %s "\${last#shrinkfit@}" >'${join(directory, 'version')}'`,
      `printf %s '${installed}' >node_modules/shrinkfit/bin/shrinkfit.js`,
      '',
    ].join('\n'),
  );
  executable(join(directory, 'bin/shrinkfit'), run);
  return directory;
}

/** A shell script that can be run as a program. */
export function executable(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}`);
  chmodSync(path, 0o755);
}

/** Settings of the machine, and of the test run itself, must not change what is seen. */
const CLEAN = {
  NODE_OPTIONS: undefined,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  GITHUB_STEP_SUMMARY: undefined,
};

/** Runs a script in a job's directory as a CI runner does: `bash -e` from a file, with these variables added. */
export function runScript(
  directory: string,
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const file = join(directory, 'script.sh');
  writeFileSync(file, script);
  const path = `${join(directory, 'bin')}${delimiter}${process.env.PATH}`;
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', file], {
      cwd: directory,
      env: { ...process.env, ...CLEAN, ...env, PATH: path },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end();
  });
}
