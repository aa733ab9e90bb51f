// Rewrites the outputs in README.md from real runs of the examples. Read the difference before you keep it.
import { readFileSync, writeFileSync } from 'node:fs';
import './ensure.js';
import { compiledPath, compileTests } from './compile-tests.js';

const readme = new URL('../README.md', import.meta.url);
await compileTests();
const { recipesIn, runRecipe, withOutputs } = await import(`../${compiledPath('test/docs/recipes.ts')}`);

const before = readFileSync(readme, 'utf8');
const recipes = recipesIn(before);
const printed = [];
for (const recipe of recipes) printed.push(await runRecipe(recipe));
const after = withOutputs(before, recipes, printed);
if (after !== before) writeFileSync(readme, after);
console.log(
  `README.md: ${recipes.length} examples run, ${after === before ? 'nothing changed' : 'rewritten'}`,
);
