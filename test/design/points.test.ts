import { expect } from 'chai';
import fc from 'fast-check';
import type { Blocks } from '../../src/design/blocks.js';
import { placesFor, pointsScratch, stripBytes, stripRows } from '../../src/design/points.js';

const natural = (max: number) => fc.integer({ min: 1, max });

describe('the memory of predictions at many points', () => {
  it('has a place for each point, in groups of four', () => {
    fc.assert(
      fc.property(natural(500), (points) => {
        const places = placesFor(points);
        expect(places % 4).to.equal(0);
        expect(places - points)
          .to.be.least(0)
          .and.below(4);
      }),
    );
  });

  it('has eight rows of every column, and vectors of whole strips', () => {
    fc.assert(
      fc.property(natural(10_000), natural(10_000), (paddedRows, columns) => {
        expect(stripBytes({ columns })).to.equal(8 * 8 * columns);
        const rows = stripRows({ paddedRows } as Blocks);
        expect(rows % 8).to.equal(0);
        expect(rows - paddedRows)
          .to.be.least(0)
          .and.below(8);
      }),
    );
  });

  it('holds a predictor of each point, their residual and the strips for a block of rows, and hardly more', () => {
    fc.assert(
      fc.property(natural(5000), natural(20_000), natural(300), (height, columns, points) => {
        const doubles = height * placesFor(points) + height + 8 * columns;
        const bytes = pointsScratch({ height, columns } as Blocks, points);
        // Alignment takes a few bytes more.
        expect(bytes - 8 * doubles)
          .to.be.least(0)
          .and.below(64);
      }),
    );
  });
});
