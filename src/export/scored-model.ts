import { contentDigest } from '../model/file/text.js';
import type { Model } from '../model/model.js';
import { type ColumnTerm, columnTerms } from '../model/score/terms.js';
import { plainText } from './plain-text.js';

/** From this probability on, a row belongs to the positive class. */
export const THRESHOLD = 0.5;

/** All that scoring takes. */
export interface ScoredModel {
  readonly intercept: number;
  readonly terms: readonly ColumnTerm[];
  /** Column that is added last. */
  readonly offset: string | null;
  /** Negative and positive class; null for gaussian. */
  readonly classes: readonly [string, string] | null;
  /** Whether a missing cell that is not filled is an error; else the row has no prediction. */
  readonly refusesMissing: boolean;
}

/**
 * What exported programs make of eta: for numbers eta itself, for classes the probability 1 / (1 + exp(-eta)). A family with another mean needs
 * a formula in each language first.
 */
const ANSWERS: Readonly<Record<Model['model']['family'], 'eta' | 'probability'>> = {
  gaussian: 'eta',
  binomial: 'probability',
};

/** The part of a model that scores. */
export function scoredModel(model: Model): ScoredModel {
  return {
    intercept: model.intercept,
    terms: columnTerms(model),
    offset: model.offset,
    classes: ANSWERS[model.model.family] === 'probability' ? model.target.classes : null,
    refusesMissing: model.options.missing === 'error',
  };
}

/** The columns that scoring reads, the offset last. */
export function columnsRead({ terms, offset }: ScoredModel): string[] {
  return [...terms.map(({ column }) => column), ...(offset === null ? [] : [offset])];
}

/** Lines for a comment that say which model this is. In plain ASCII without a line end, whatever the names. */
export function provenance(model: Model): string[] {
  const { family, penalty } = model.model;
  const of =
    model.target.classes === null ? '' : `the probability of ${plainText(model.target.classes[1])} in `;
  const kind = penalty === 'none' ? `${family} model without a penalty` : `${family} ${penalty}`;
  return [
    `A ${kind} for ${of}${plainText(model.target.name)}, lambda ${model.lambda}.`,
    `Written by shrinkfit ${plainText(model.version).slice(1, -1)} from the model with the digest`,
    contentDigest(model),
    ...(model.certificate.certified
      ? []
      : ['This model is not certified: its fit did not reach the optimum, or there is none.']),
  ];
}

/** How missing cells are treated, in words. */
export function missingWords({ terms, refusesMissing, offset }: ScoredModel): string {
  if (refusesMissing) return 'A missing cell is an error, as it was in training.';
  const isFilled = terms.every(({ fill }) => fill !== null);
  if (!isFilled) return 'A row with a missing cell has no prediction, as such rows were dropped in training.';
  const but = offset === null ? '' : ', but for that of the offset, without which a row has no prediction';
  return `A missing cell is filled with what was learned in training${but}.`;
}
