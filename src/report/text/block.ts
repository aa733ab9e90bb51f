/** A report before it has a medium: the terminal table and the Markdown lay out the same blocks. */

/** How a text is meant; a medium may show it by colour, never by colour alone. */
export type Tone = 'plain' | 'quiet' | 'good' | 'bad' | 'strong';

export interface TextColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** Cells are data from files: the medium escapes and, where it must, cuts them. */
  readonly untrusted?: boolean;
  /** Which columns go first where the width is too small; the smallest number first, none if it must stay. */
  readonly dropOrder?: number;
}

export interface TextRow {
  readonly cells: readonly string[];
  readonly tone: Tone;
}

/** A table of texts, `cells[k]` of each row under `columns[k]`. */
export interface TextTable {
  readonly columns: readonly TextColumn[];
  readonly rows: readonly TextRow[];
}

export type TextBlock =
  /** An empty line, in media that do not separate blocks themselves. */
  | { readonly kind: 'space' }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone: Tone }
  | { readonly kind: 'table'; readonly table: TextTable };

/** Escapes a name for a medium and shortens it for a sentence. */
export type WriteName = (name: string) => string;

/** A report in reading order, for any medium. */
export type BlockSource = (write: WriteName) => Iterable<TextBlock>;

/** Says how many lines of a table `--rows` hides; nothing where it hides none. @param what what they are, after their number */
export function hiddenLines(count: number, what = 'more'): TextBlock[] {
  return count > 0 ? [paragraph(`… and ${count} ${what}; --rows all shows all`, 'quiet')] : [];
}

/** A paragraph; names in it are already escaped for the medium. */
export function paragraph(text: string, tone: Tone = 'plain'): TextBlock {
  return { kind: 'text', text, tone };
}
