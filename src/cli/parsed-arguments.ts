import { UsageError } from '../errors.js';
import { shown } from '../visible.js';

/** The options of the command line as text; the parsers in `values/` read the values, so that messages can name them. */
export class ParsedArguments {
  constructor(
    readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** Whether the option or switch was given. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The value of an option that may be given once; null when it was not given. */
  text(name: string): string | null {
    const given = this.values.get(name);
    if (given === undefined) return null;
    if (given.length > 1) {
      throw new UsageError(
        `--${name} is given ${given.length} times (${given.map(shown).join(', ')}); give it once`,
      );
    }
    return given[0];
  }

  /** The values of an option that may be repeated, in the order given. */
  texts(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** The value of an option read by a parser, or the fallback when it was not given. */
  parsed<T, F>(name: string, parse: (flag: string, text: string) => T, fallback: F): T | F {
    const text = this.text(name);
    return text === null ? fallback : parse(`--${name}`, text);
  }
}
