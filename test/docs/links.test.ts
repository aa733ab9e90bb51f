import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../cli/run-cli.js';

const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'fixtures/README.md',
  'docs/ci-github.md',
  'docs/ci-gitlab.md',
  'docs/ci-pre-commit.md',
];

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

for (const page of PAGES) {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/^```.*?^```$/gms, '');

  describe(page, () => {
    it('has links that lead somewhere', () => {
      const anchors = new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)));
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
      const broken = links.filter((link) => {
        if (link.startsWith('https://')) return false;
        return link.startsWith('#') ? !anchors.has(link.slice(1)) : !existsSync(join(ROOT, page, '..', link));
      });
      expect(broken).to.deep.equal([]);
    });

    it('names files that exist', () => {
      const named = [...text.matchAll(/`((?:src|test|scripts|bin|schema|fixtures|\.ci)\/[^`\s]*)`/g)].map(
        ([, path]) => path,
      );
      // NAME stands for the file to be written.
      expect(named.filter((path) => !/NAME|\*/.test(path) && !existsSync(join(ROOT, path)))).to.deep.equal(
        [],
      );
    });
  });
}
