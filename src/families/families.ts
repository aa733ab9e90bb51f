import { binomial } from './binomial.js';
import type { Family, FamilyName } from './family.js';
import { gaussian } from './gaussian.js';

/** Every family by its name. */
export const FAMILIES: Readonly<Record<FamilyName, Family>> = { gaussian, binomial };
