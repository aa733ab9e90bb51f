import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import ts from 'typescript';
import { matchesGlob } from '../src/features/match-columns.js';
import { nearest } from '../src/near-miss.js';
import { ROOT } from './cli/run-cli.js';

interface Analysis {
  readonly reports: readonly { readonly type: string; readonly exponential: boolean }[];
}

/** Finds inputs on which a backtracking engine needs more than linear time; see eslint-plugin-regexp. */
const { analyse } = createRequire(import.meta.url)('scslre') as {
  analyse(literal: { readonly source: string; readonly flags: string }): Analysis;
};

/** Each regular expression that is written in the sources, with the place of it. */
function regularExpressions(): { place: string; source: string; flags: string }[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const ours = files.filter((file) => file.endsWith('.ts') && !file.includes('assembly'));
  return ours.flatMap((file) => {
    const text = readFileSync(join(ROOT, 'src', file), 'utf8');
    const found: { place: string; source: string; flags: string }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, source, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text)!;
        found.push({ place: `${file}: ${node.text}`, source, flags });
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext));
    return found;
  });
}

/** A string that counts how often it is looked at. */
class Counted {
  looks = 0;
  readonly length: number;
  constructor(private readonly text: string) {
    this.length = text.length;
  }
  codePointAt(index: number): number | undefined {
    this.looks++;
    return this.text.codePointAt(index);
  }
}

/** The edit distance by its definition: insertions, deletions, substitutions, swaps of neighbours. */
function distanceByDefinition(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => i + j),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.length][b.length];
}

describe('no input takes more than its share of time', () => {
  it('for any regular expression in the sources: none backtracks more than linearly', () => {
    const all = regularExpressions();
    expect(all.length).to.be.above(40);
    for (const { place, source, flags } of all) {
      const types = analyse({ source, flags }).reports.map(({ type }) => type);
      expect(types, place).to.deep.equal([]);
    }
    // The check sees what it is meant to see.
    for (const source of ['^(a+)+$', '^\\d+\\.?\\d*$', '\\s+$', '^.*a.*a.*b$']) {
      expect(analyse({ source, flags: '' }).reports, source).to.not.deep.equal([]);
    }
  });

  it('for a glob of many stars: the product of the lengths bounds the steps', () => {
    for (const [glob, name] of [
      ['*a*a*a*a*a*a*a*ab', 'a'.repeat(3000)],
      ['*a*a*a*a*a*a*a*ab', 'a'.repeat(30_000)],
      [`${'*a'.repeat(100)}b`, 'a'.repeat(3000)],
      [`*${'a'.repeat(50)}b*`, 'a'.repeat(3000)],
      [`*${'?'.repeat(50)}b`, 'a'.repeat(3000)],
    ]) {
      const [pattern, walked] = [new Counted(glob), new Counted(name)];
      expect(matchesGlob(pattern, walked)).to.equal(false);
      expect(pattern.looks + walked.looks, glob).to.be.below(4 * glob.length * name.length);
    }
  });

  it('and globs mean what they say', () => {
    const asExpression = (glob: string) =>
      new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
    const letters = fc.constantFrom('a', 'b', '*', '?', '😀', '\n');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), fc.array(letters, { maxLength: 12 }), (glob, name) => {
        const [pattern, text] = [glob.join(''), name.join('')];
        expect(matchesGlob(pattern, text)).to.equal(asExpression(pattern).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('for near misses among very many long names: the search ends', () => {
    const base = 'abcdefghij'.repeat(18);
    let looked = 0;
    function* names() {
      for (; looked < 100_000; looked++) yield base.slice(looked % 90) + base.slice(0, looked % 90);
    }
    nearest(`${base.slice(40)}${base.slice(0, 40)}xyz`.replaceAll('a', 'q'), names());
    expect(looked).to.be.below(20_000);
  });

  it('and the nearest is the nearest by the definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 6 }), (asked, candidates) => {
        const near = candidates
          .map((candidate) => ({ candidate, distance: distanceByDefinition(asked, candidate) }))
          .filter(
            ({ candidate, distance }) =>
              distance <= Math.max(1, Math.floor(Math.max(asked.length, candidate.length) / 3)),
          );
        const least = Math.min(...near.map(({ distance }) => distance));
        const expected = near.find(({ distance }) => distance === least)?.candidate ?? null;
        expect(nearest(asked, candidates)).to.equal(expected);
      }),
      { numRuns: 3000 },
    );
  });
});
