import { visible as terminal, writtenOut } from '../../visible.js';

/**
 * Names and values from files are data: this is how they are escaped where a medium would read them as commands. Which characters control a
 * terminal or are invisible is the same for all media: see `visible.ts`.
 */

export { terminal };

const HTML_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['@', '&#64;'],
]);

/** Punctuation that Markdown reads anywhere, at the start of a line, or in a bare link. */
const MARKDOWN_ACTIVE = /[\\`*_{}[\]()#|~!$]|^\s*[-+=]|:(?=\/\/)|(?<=www)\./giu;

/** What starts a numbered list; its bracket is escaped already. */
const NUMBERED = /^\s*\d+\./u;

/**
 * Text for a cell or a line of GitHub Markdown: made {@link terminal} safe, then HTML as entities and Markdown's own
 * punctuation behind backslashes, so that it neither formats, links, mentions nor ends the cell.
 */
export function markdown(text: string): string {
  return terminal(text)
    .replace(MARKDOWN_ACTIVE, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`)
    .replace(NUMBERED, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/[&<>@]/g, (character) => HTML_ENTITIES.get(character)!);
}

const XML_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/**
 * Text for an attribute or an element of XML 1.0: made {@link terminal} safe, so that characters which no XML document may
 * hold are written out (U+FFFE and U+FFFF too), and its five active characters as entities.
 */
export function xml(text: string): string {
  return terminal(text)
    .replace(/[\ufffe\uffff]/g, writtenOut)
    .replace(/[&<>"']/g, (character) => XML_ENTITIES.get(character)!);
}

/**
 * Text for the message of a workflow command of a CI runner: made {@link terminal} safe, and the per cent sign, which
 * escapes there, escaped itself.
 */
export function runnerMessage(text: string): string {
  return terminal(text).replaceAll('%', '%25');
}

/** The same for a property such as `title`, where colon and comma act too. */
export function runnerProperty(text: string): string {
  return runnerMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A name that a spreadsheet would take for a formula, or one that already looks guarded (so that it can be undone). */
const FORMULA = /^'*[=+\-@\t\r\n]/;

/** RFC 4180 asks for quotes around these; `::` at the start of a line would be a command to a CI runner. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^::/;

/**
 * A name as a CSV cell: quoted as RFC 4180 says, and guarded against formula injection (OWASP): a name that starts with
 * `=`, `+`, `-`, `@`, tab or a line end gets a single quote `'` in front, which a spreadsheet shows as text. To undo
 * it, take one quote off where quotes are followed by one of these characters. Numbers must not come through here.
 */
export function csvCell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
