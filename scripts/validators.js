// Compiles the published schemas to functions, so that no command compiles them at its start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/** Schemas for files of users, with what their messages need. */
const SCHEMAS = {
  model: { allowUnionTypes: true },
  fit: { allowUnionTypes: true },
  gates: { strictRequired: false, allErrors: true, verbose: true },
};

/** Writes `validators/NAME.cjs` into `dist`: one function a file, which needs no package. */
export async function buildValidators(root, dist) {
  for (const [name, options] of Object.entries(SCHEMAS)) {
    const schema = JSON.parse(readFileSync(join(root, 'schema', `${name}.schema.json`), 'utf8'));
    const ajv = new Ajv2020({ strict: true, logger: false, code: { source: true }, ...options });
    const file = join(dist, 'validators', `${name}.cjs`);
    await build({
      stdin: { contents: standalone.default(ajv, ajv.compile(schema)), resolveDir: root },
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20.19', minifyWhitespace: true },
      ...{ outfile: file, logLevel: 'warning' },
    });
  }
}

/** An esbuild plugin: takes the functions into the bundle, where the code cache covers them. */
export function validatorsAsBuilt(dist) {
  return {
    name: 'validators-as-built',
    setup(esbuild) {
      const cases = Object.keys(SCHEMAS).map(
        (name) => `${name}: () => require(${JSON.stringify(join(dist, 'validators', `${name}.cjs`))})`,
      );
      const contents = `const built = { ${cases.join(', ')} };
        export function validator(name) { const found = built[name](); return found.default ?? found; }`;
      esbuild.onLoad({ filter: /[\\/]src[\\/]validators\.ts$/ }, () => ({ contents, loader: 'js' }));
    },
  };
}
