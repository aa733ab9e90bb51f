import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../cli/run-cli.js';

/** Phrases that readers stumbled over, each with what to write instead. A space stands for any white space, also between comment lines. */
const PHRASES: readonly (readonly [phrase: string, instead: string])[] = [
  ['foretold|foretells?', 'predicted, predicts'],
  ['crumbs?', 'round-off'],
  ['a no of', 'verify said no'],
  ['looks? out for', 'waits for, spins'],
  ['in stretches|a stretch of', 'in batches of lambdas'],
  ['judged by sums', 'certified from moments'],
  ['(a|the) rests? of (a|each|the) folds?', "a fold's training rows"],
  ['takes? (a|its) place in company', 'is computed ahead'],
  ['in company', 'together'],
  ['held against', 'compared with'],
  ['on the account of', 'counted towards'],
  ['say[s]? aloud|said aloud', 'state the default'],
  ['for ever', 'without end, always'],
  ['takes? nobody.s word', 'is independent'],
  ['that so nobody', 'so that no thread'],
  ['at hand', 'current, available'],
  ['is no matter', 'does not matter'],
  ['[,:;] for (it|they|there|nobody|nothing|such|we|who|what|an?|no) [a-z]', 'because'],
  ['tells? of', 'reports'],
];

const BETWEEN_WORDS = String.raw`(?:\s|^\s*(?:\*|//))+`;

const patterns = PHRASES.map(([phrase, instead]) => ({
  pattern: new RegExp(String.raw`(?<!\w)(?:${phrase.replaceAll(' ', BETWEEN_WORDS)})(?!\w)`, 'gim'),
  instead,
}));

const SKIPPED = /^(node_modules|dist|bench\/(data|results)|docs\/api)(\/|$)|^test\/docs\/prose\.test\.ts$/;

function* files(folder: string, extensions: RegExp): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (SKIPPED.test(relative(ROOT, path)) || entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* files(path, extensions);
    else if (extensions.test(entry.name)) yield path;
  }
}

/** `file:line: "phrase": write instead`, for each phrase of the list. */
function stumbles(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return patterns.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => {
      const line = text.slice(0, match.index).split('\n').length;
      const found = match[0].replace(/\s+/g, ' ');
      return `${relative(ROOT, path)}:${line}: "${found}": write: ${instead}`;
    }),
  );
}

describe('plain English', () => {
  it('finds a phrase of the list over the end of a comment line', () => {
    const [{ pattern }] = patterns.filter(({ instead }) => instead === 'compared with');
    expect('/**\n * A row is held\n * against its bound.\n */').to.match(pattern);
  });

  it('is written in documents, comments, messages and test titles', () => {
    const all = [...files(ROOT, /\.(md|ts|js|cjs)$/)];
    expect(all.length).to.be.above(600);
    expect(all.flatMap(stumbles)).to.deep.equal([]);
  });
});
