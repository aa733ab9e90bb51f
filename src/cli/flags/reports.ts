import { ShrinkfitError, UsageError } from '../../errors.js';
import { didYouMean } from '../../near-miss.js';
import type { OutputFile } from '../../output/output-file.js';
import type { CheckReport } from '../../report/check.js';
import { shown } from '../../visible.js';
import type { Flag } from '../command.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import type { Terminal } from '../streams/terminal.js';

/** The option of a command that has reports for CI. */
export const REPORT_FLAG: Flag = {
  name: 'report',
  value: 'KIND',
  repeatable: true,
  file: 'written',
  fileIn: (value, env) => (value === 'github' ? env.GITHUB_STEP_SUMMARY || null : pathAfterEquals(value)),
  text: 'Report every check for CI: junit=FILE (XML), markdown=FILE, or github (annotations on standard error, and the job summary where GITHUB_STEP_SUMMARY names one). Repeatable.',
};

const FILE_KINDS = ['junit', 'markdown'] as const;
type FileKind = (typeof FILE_KINDS)[number];

/** One `--report`, read. */
export type ReportRequest =
  | { readonly kind: FileKind; readonly path: string }
  | { readonly kind: 'github'; readonly path: null };

/**
 * The reports that are asked for.
 *
 * @throws UsageError naming the value and what is accepted
 */
export function reportsGiven(given: ParsedArguments): readonly ReportRequest[] {
  const requests = given.texts('report').map(reportRequest);
  if (requests.filter(({ kind }) => kind === 'github').length > 1) {
    throw new UsageError('--report github is given twice; give it once');
  }
  return requests;
}

function pathAfterEquals(text: string): string | null {
  const equals = text.indexOf('=');
  return equals < 0 ? null : text.slice(equals + 1);
}

function reportRequest(text: string): ReportRequest {
  const path = pathAfterEquals(text);
  const word = path === null ? text : text.slice(0, text.indexOf('='));
  if (word === 'github') {
    if (path === null) return { kind: 'github', path };
    throw new UsageError(`--report ${shown(text)}: github takes no file; it writes annotations`);
  }
  const kind = FILE_KINDS.find((name) => name === word);
  if (kind === undefined) {
    throw new UsageError(
      `--report ${shown(text)}: expected junit=FILE, markdown=FILE or github${didYouMean(word, [...FILE_KINDS, 'github'])}`,
    );
  }
  if (path === null || path === '')
    throw new UsageError(`--report ${shown(text)}: name the file: ${kind}=FILE`);
  return { kind, path };
}

/** The reports of one run, their files open. */
export class Reports {
  private constructor(
    private readonly files: readonly { readonly kind: FileKind; readonly file: OutputFile }[],
    private readonly toGithub: boolean,
    private readonly terminal: Terminal,
  ) {}

  /** @throws DataError for a file that cannot be written */
  static async open(requests: readonly ReportRequest[], terminal: Terminal): Promise<Reports> {
    const files: { kind: FileKind; file: OutputFile }[] = [];
    if (requests.length === 0) return new Reports(files, false, terminal);
    const { openOutput } = await import('../streams/write-file.js');
    for (const { kind, path } of requests) {
      if (kind !== 'github') files.push({ kind, file: await openOutput(path) });
    }
    return new Reports(files, files.length < requests.length, terminal);
  }

  /** Whether there are any. */
  get wanted(): boolean {
    return this.toGithub || this.files.length > 0;
  }

  /** Writes them all. Called once, when everything is checked. */
  async write(report: CheckReport): Promise<void> {
    for (const { kind, file } of this.files) {
      for (const chunk of await rendered(kind, report)) await file.write(chunk);
      await file.commit();
    }
    if (this.toGithub) await this.writeToGithub(report);
  }

  /**
   * Runs the work that ends in `write`. If it ends with an expected error, the reports say so; without a new report, CI would read the one
   * of an earlier run.
   */
  async during<T>(command: string, subject: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ShrinkfitError) {
        const { failureReport } = await import('../../report/check.js');
        // An error of the work takes precedence over an error of writing its report.
        await this.write(failureReport(command, subject, error.message)).catch(() => {});
      }
      throw error;
    } finally {
      for (const { file } of this.files) await file.abandon();
    }
  }

  /** Annotations must start their lines, and standard output holds the result: the runner reads standard error too. */
  private async writeToGithub(report: CheckReport): Promise<void> {
    const { checkAnnotations } = await import('../../report/media/annotations.js');
    for (const line of checkAnnotations(report)) this.terminal.stderr.write(line);
    const path = this.terminal.env.GITHUB_STEP_SUMMARY;
    if (!path) return;
    const { appendJobSummary } = await import('../streams/job-summary.js');
    await appendJobSummary(path, [...(await rendered('markdown', report))].join(''), this.terminal);
  }
}

async function rendered(kind: FileKind, report: CheckReport): Promise<Iterable<string>> {
  if (kind === 'junit') return (await import('../../report/media/junit.js')).checkJunit(report);
  return (await import('../../report/media/checks-markdown.js')).checkMarkdown(report);
}
