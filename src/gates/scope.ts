/** Reads a figure from a result; null if it is undefined, such as errors on test rows that do not exist. */
export type Figure = () => number | null;

/** Names that a gate may use, with or without their values: a `Map` or a `Set`. */
export interface Names {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** What is known about a result in advance: the names that a gate may use. A {@link GateScope} is one too. */
export interface GateNames {
  /** What the result is, for messages: `a gaussian fit`. */
  readonly subject: string;
  readonly figures: Names;
  readonly functions: Names;
}

/** A figure for each of many names: `coef("age")`. */
export interface GateFunction {
  /** What the argument names, for messages: `feature`. */
  readonly argument: string;
  /** By name, which is data and may be any string. A name that is not in it is a usage error. */
  readonly values: ReadonlyMap<string, number | null>;
}

/**
 * A result as gates see it. Each command builds one from its own result (`fitScope`, for one); gates know no command.
 *
 * Names of figures are those of the command's JSON, joined by dots: `data.rows`, `test.rmse`. A truth value is 1 or 0. The baseline of a
 * figure F is named `baseline.F`, so that `baseline` alone refers to it.
 */
export interface GateScope extends GateNames {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly functions: ReadonlyMap<string, GateFunction>;
}

/** The names of several possible results, if it is not yet known which one it will be. */
export function namesOfAny(subject: string, all: readonly GateNames[]): GateNames {
  return {
    subject,
    figures: new Set(all.flatMap(({ figures }) => [...figures.keys()])),
    functions: new Set(all.flatMap(({ functions }) => [...functions.keys()])),
  };
}
