import type { Design } from '../design/design.js';
import type { FeatureSpec, UsableColumn } from './encode.js';
import type { Standardization } from './standardize.js';

/** A feature, and the column of some table that it is made from. */
export interface SourcedFeature {
  readonly spec: FeatureSpec;
  readonly column: UsableColumn;
}

/** Training rows as a design, and what was learned from them. */
export interface LaidOut {
  readonly design: Design;
  readonly standardization: readonly Standardization[];
  /** Lays out other rows by what was learned, kept as the training rows are. @param rows row numbers in the columns */
  layOut(features: readonly SourcedFeature[], rows: Int32Array): Design;
}
