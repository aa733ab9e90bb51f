import { createRequire } from 'node:module';

/** A place of a value that a schema does not allow. */
export interface SchemaError {
  /** JSON pointer, empty for the value itself. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** The part of the schema that was broken; of gates alone. */
  readonly parentSchema?: { readonly properties: object };
}

/** Whether a schema allows a value; if not, `errors` says why. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/**
 * The compiled form of `schema/NAME.schema.json`, which `scripts/validators.js` makes when the package is built: compiling takes longer
 * than most commands.
 */
export function validator(name: 'model' | 'fit' | 'gates'): Validator {
  const built = createRequire(import.meta.url)(`../dist/validators/${name}.cjs`);
  return built.default ?? built;
}
