/**
 * How many chunks (lanes) a job on blocks of rows is cut into. The result's last digits depend on it, so it is the same on every machine.
 */
export const LANES = 8;

/** The same for a job on columns. */
export const COLUMN_LANES = 32;
