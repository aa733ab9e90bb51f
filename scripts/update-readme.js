// Rewrites the outputs in README.md from real runs of the examples. Read the difference before you keep it.
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';
import './ensure.js';

const readme = new URL('../README.md', import.meta.url);
const { recipesIn, runRecipe, withOutputs } = await tsImport('../test/docs/recipes.ts', import.meta.url);

const before = readFileSync(readme, 'utf8');
const recipes = recipesIn(before);
const printed = [];
for (const recipe of recipes) printed.push(await runRecipe(recipe));
const after = withOutputs(before, recipes, printed);
if (after !== before) writeFileSync(readme, after);
console.log(
  `README.md: ${recipes.length} examples run, ${after === before ? 'nothing changed' : 'rewritten'}`,
);
