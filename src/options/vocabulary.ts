import { FAMILIES } from '../families/families.js';
import type { FamilyName } from '../families/family.js';

/** The words that options, tables and JSON share. */

export const PENALTY_NAMES = ['ridge', 'lasso', 'elasticnet', 'none'] as const;
export type PenaltyName = (typeof PENALTY_NAMES)[number];

export const MISSING_POLICIES = ['drop', 'error', 'mean', 'median'] as const;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

export const SELECTION_RULES = ['test', 'cv', 'cv-1se', 'aicc'] as const;
export type SelectionRule = (typeof SELECTION_RULES)[number];

/** The largest violation of the optimality conditions that is certified, where no other is asked for. */
export const DEFAULT_TOLERANCE = 1e-6;

/** Numbers for columns by name, in the order given. A list of pairs, because names are untrusted. */
export type ColumnNumbers = readonly (readonly [column: string, value: number])[];

/** A family by its name, or the one that suits the target. */
export const FAMILY_CHOICES: readonly ('auto' | FamilyName)[] = [
  'auto',
  ...(Object.keys(FAMILIES) as FamilyName[]),
];
