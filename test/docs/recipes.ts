import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../cli/run-cli.js';

/**
 * Examples in a Markdown file that can be run, each followed by what it prints:
 *
 *     ```console            commands after `$ `, their further lines after `> `; output below each. One shell for a block
 *     ```js, then ```text   a program that uses the library, then its output
 */
export interface Recipe {
  readonly kind: 'console' | 'js';
  /** 1-based, of the opening fence. */
  readonly line: number;
  readonly steps: readonly Step[];
}

/** A command or a program, and the lines of the file that hold its output: from `first` up to `end`, from 0. */
export interface Step {
  readonly code: string;
  readonly output: string;
  readonly first: number;
  readonly end: number;
}

/** A fenced block; `start` is the opening fence and `end` the closing one. */
interface Fence {
  readonly language: string;
  readonly start: number;
  readonly end: number;
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

export function recipesIn(markdown: string): Recipe[] {
  const lines = markdown.split('\n');
  const fences = fencesIn(lines);
  return fences.flatMap((fence, k): Recipe[] => {
    const at = { line: fence.start + 1 };
    if (fence.language === 'console') return [{ ...at, kind: 'console', steps: consoleSteps(lines, fence) }];
    const next = fences[k + 1];
    if (fence.language !== 'js' || next?.language !== 'text') return [];
    const code = textOf(lines.slice(fence.start + 1, fence.end));
    const output = textOf(lines.slice(next.start + 1, next.end));
    return [{ ...at, kind: 'js', steps: [{ code, output, first: next.start + 1, end: next.end }] }];
  });
}

function fencesIn(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  let start = -1;
  lines.forEach((line, index) => {
    if (!line.startsWith('```')) return;
    if (start < 0) {
      start = index;
      return;
    }
    fences.push({ language: lines[start].slice(3).trim(), start, end: index });
    start = -1;
  });
  if (start >= 0) throw new Error(`line ${start + 1}: the block is not closed`);
  return fences;
}

function consoleSteps(lines: readonly string[], { start, end }: Fence): Step[] {
  const steps: Step[] = [];
  for (let at = start + 1; at < end; ) {
    if (!lines[at].startsWith('$ ')) throw new Error(`line ${at + 1}: a console block begins with "$ "`);
    const command = [lines[at++].slice(2)];
    while (at < end && lines[at].startsWith('> ')) command.push(lines[at++].slice(2));
    const first = at;
    while (at < end && !lines[at].startsWith('$ ')) at++;
    steps.push({ code: command.join('\n'), output: textOf(lines.slice(first, at)), first, end: at });
  }
  return steps;
}

/** Puts what was printed where the file has the expected output. */
export function withOutputs(
  markdown: string,
  recipes: readonly Recipe[],
  printed: readonly (readonly string[])[],
): string {
  const lines = markdown.split('\n');
  const steps = recipes.flatMap((recipe, r) =>
    recipe.steps.map((step, s) => ({ step, text: printed[r][s] })),
  );
  // From the end, so that the line numbers of what comes before stay true.
  for (const { step, text } of steps.reverse()) {
    lines.splice(step.first, step.end - step.first, ...text.split('\n').slice(0, -1));
  }
  return lines.join('\n');
}

/**
 * Runs a recipe with the real binary, in a directory of its own that has the fixtures.
 * @returns what each step printed, standard error among it
 */
export async function runRecipe({ kind, steps }: Recipe): Promise<string[]> {
  if (kind === 'js') {
    // From the root the package finds itself by name, through the same exports as a user's program.
    return [await printedBy(process.execPath, ['--input-type=module', '--eval', steps[0].code], ROOT)];
  }
  const directory = mkdtempSync(join(tmpdir(), 'shrinkfit-docs-'));
  try {
    symlinkSync(join(ROOT, 'fixtures'), join(directory, 'fixtures'), 'junction');
    const printed = await printedBy('sh', ['-c', scriptOf(steps)], directory);
    return printed.split(MARK).slice(0, -1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const MARK = '\u0001';

/** All commands in one shell, a mark after the output of each; `$?` stays that of the command. */
function scriptOf(steps: readonly Step[]): string {
  const commands = steps.map(({ code }) => `${code}\nstatus=$?; printf '\\001'; (exit $status)`);
  return ['exec 2>&1', 'shrinkfit() { "$NODE" "$BIN" "$@"; }', ...commands].join('\n');
}

function printedBy(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE: process.execPath,
    BIN: join(ROOT, 'bin', 'shrinkfit.js'),
  };
  // Settings of the machine must not change what is printed, nor those of the test run.
  for (const name of ['COLUMNS', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS']) delete env[name];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
    }
    child.on('error', reject).on('close', () => resolve(text));
  });
}
