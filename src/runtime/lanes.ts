/** Into how many lanes a job on blocks of rows is cut; part of the result's digits, so the same on every machine. */
export const LANES = 8;

/** The same for a job on columns. */
export const COLUMN_LANES = 32;
