import { createRequire } from 'node:module';

/** An element with its attributes, its text and its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Parser {
  on(event: string, handler: (value: never) => void): void;
  write(text: string): Parser;
  close(): void;
}

/** Parses XML 1.0 strictly, with saxes. @throws for a document that is not well-formed */
export function parseXml(text: string): XmlElement {
  const { SaxesParser } = createRequire(import.meta.url)('saxes') as { SaxesParser: new () => Parser };
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error: Error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: Pick<XmlElement, 'name' | 'attributes'>) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece: string) => {
    open.at(-1)!.text += piece;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root.children[0];
}
