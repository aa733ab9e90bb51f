import type { CodedColumn, CodedParts } from '../../src/design/coded.js';
import { normal } from '../solvers/random-problem.js';

/** Two columns of numbers among three of text; one level is constant, some rows have none, and features are in no order. */
export function codedParts(rows: number): CodedParts {
  const random = normal(5);
  const numbers = [0, 1].map(() => Float64Array.from({ length: rows }, random));
  const text = (levels: number, step: number): CodedColumn => ({
    codes: Int32Array.from({ length: rows }, (_, i) => ((i * step + (i >> 2)) % (levels + 1)) - 1),
    centre: Float64Array.from({ length: levels }, (_, k) => 0.1 + 0.05 * k),
    scale: Float64Array.from({ length: levels }, (_, k) => (k === 2 ? 0 : 0.3 + 0.1 * k)),
  });
  const texts = [text(4, 1), text(3, 5), text(2, 7)];
  const list = [
    ...[0, 1].map((place) => [-1, place]),
    ...texts.flatMap(({ scale }, part) => Array.from(scale, (_, place) => [part, place])),
  ];
  const mixed = list.map((_, k) => list[(k * 7) % list.length]);
  return {
    ...{ rows, numbers, texts },
    partOf: Int32Array.from(mixed, ([part]) => part),
    placeOf: Int32Array.from(mixed, ([, place]) => place),
  };
}

/** The columns with each cell as its definition has it. */
export function cellsOf({ rows, numbers, texts, partOf, placeOf }: CodedParts): Float64Array[] {
  const cell = (i: number, j: number) => {
    if (partOf[j] < 0) return numbers[placeOf[j]][i];
    const { codes, centre, scale } = texts[partOf[j]];
    const level = placeOf[j];
    return scale[level] === 0 ? 0 : ((codes[i] === level ? 1 : 0) - centre[level]) / scale[level];
  };
  return Array.from(partOf, (_, j) => Float64Array.from({ length: rows }, (__, i) => cell(i, j)));
}
