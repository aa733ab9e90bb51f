import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../cli/run-cli.js';

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const INTERNALS = readdirSync(join(ROOT, 'docs', 'internals')).map((name) => `docs/internals/${name}`);

interface CruiserRule {
  readonly name: string;
  readonly comment: string;
}

/** `src/csv may import only: nothing`, by room. */
function roomsOfTheRule(): Map<string, string> {
  const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: readonly CruiserRule[];
  };
  return new Map(
    forbidden
      .filter(({ name }) => name.startsWith('room-'))
      .map(({ name, comment }) => [name.slice('room-'.length), comment.split('only: ')[1]]),
  );
}

const found = (path: string, pattern: RegExp) => [...textOf(path).matchAll(pattern)];

describe('ARCHITECTURE.md', () => {
  it('has a line for each room there is, with what it may import', () => {
    // AssemblyScript has a compiler of its own, and no import rule.
    const rule = roomsOfTheRule().set('assembly', 'nothing');
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(join(ROOT, 'src', entry.name)).length > 0)
      .map(({ name }) => [name, rule.get(name)]);
    const section = /^## Rooms$(.*?)^## /ms.exec(textOf('ARCHITECTURE.md'))![1];
    const documented = [...section.matchAll(/^\| `([\w-]+)` \|.*\| ([^|]+) \|$/gm)].map(([, room, from]) => [
      room,
      from,
    ]);
    expect(documented.sort()).to.deep.equal(rooms.sort());
  });

  it('names a test that exists for each trap', () => {
    const traps = found('docs/internals/traps.md', /^\|.*\| `(test\/[^`]+)`: (.+) \|$/gm);
    expect(traps.length).to.be.above(15);
    const missing = traps.filter(
      ([, file, title]) => !readFileSync(join(ROOT, file), 'utf8').includes(title),
    );
    expect(missing.map(([, file, title]) => `${file}: ${title}`)).to.deep.equal([]);
  });

  it('lists every solver that can be chosen', () => {
    const named = new Set(found('docs/internals/solvers.md', /`([a-z/-]+)`/g).map(([, name]) => name));
    const chooser = readFileSync(join(ROOT, 'src', 'path', 'choose-solver.ts'), 'utf8');
    const solvers = [...chooser.matchAll(/from '\.\.\/solvers\/([a-z/-]+)\.js'/g)].map(([, name]) => name);
    const isSolver = (name: string) => name !== 'solver' && !name.startsWith('screening/');
    expect(solvers.filter((name) => isSolver(name) && !named.has(name))).to.deep.equal([]);
  });

  it('is linked from it, each page of the internals', () => {
    const linked = found('ARCHITECTURE.md', /\((docs\/internals\/[\w-]+\.md)\)/g).map(([, path]) => path);
    expect(linked.sort()).to.deep.equal(INTERNALS.sort());
  });

  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md', ...INTERNALS]) {
    it(`names files that exist: ${page}`, () => {
      const paths = found(page, /`((?:[\w.-]+\/)+[\w.-]*\w\.(?:ts|js|cjs|json|md))`/g).map(
        ([, path]) => path,
      );
      const isThere = (path: string) => ['', 'src'].some((from) => existsSync(join(ROOT, from, path)));
      expect(
        paths.filter(
          (path) => !/NAME|PENALTY|KIND/.test(path) && !path.startsWith('dist/') && !isThere(path),
        ),
      ).to.deep.equal([]);
    });
  }
});
