import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
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

/** The arrows of the picture, `A --> B` for "A is used by B"; a line may be a chain, and `&` joins rooms. */
function arrowsOfThePicture(): (readonly [from: string, to: string])[] {
  const [[, picture]] = found('ARCHITECTURE.md', /^```mermaid\n(.*?)^```/gms);
  return picture.split('\n').flatMap((line) => {
    const steps = line.split(' --> ').map((step) => step.split(' & ').map((room) => room.trim()));
    return steps
      .slice(1)
      .flatMap((users, k) => steps[k].flatMap((used) => users.map((user) => [used, user] as const)));
  });
}

/** Base names of the files that a page may mean by a name without a folder. */
function baseNames(): Set<string> {
  const names = ['src', 'test', 'scripts', 'bench', 'bin', 'docs', 'schema', 'fixtures'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }),
  );
  return new Set([...readdirSync(ROOT), ...names].map((name) => basename(name)));
}

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

  it('shows every room in its picture', () => {
    // Nothing imports AssemblyScript.
    const shown = new Set(arrowsOfThePicture().flat());
    expect([...shown].sort()).to.deep.equal([...roomsOfTheRule().keys()].sort());
  });

  it('draws only arrows that the import rule permits', () => {
    const rule = roomsOfTheRule();
    const isPermitted = ([used, user]: readonly [string, string]) =>
      rule.get(user)?.split(', ').includes(used);
    const arrows = arrowsOfThePicture();
    expect(arrows.length).to.be.above(rule.size);
    expect(arrows.filter((arrow) => !isPermitted(arrow))).to.deep.equal([]);
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

  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'bench/README.md', ...INTERNALS]) {
    it(`names files and folders that exist: ${page}`, () => {
      const quoted = found(page, /`([\w./-]+)`/g).map(([, path]) => path);
      const isPath = (path: string) => /\.(ts|js|cjs|json|md)$|\/$|^(src|test|docs|schema)\//.test(path);
      // Placeholders, and what a build, the documentation or a benchmark makes.
      const isMade = (path: string) =>
        /NAME|CASE|^(dist|docs\/api|bench\/results|bench\/data)(\/|$)/.test(path);
      const names = baseNames();
      const isThere = (path: string) =>
        ['', 'src', 'bench'].some((from) => existsSync(join(ROOT, from, path))) ||
        (!path.includes('/') && names.has(path));
      const paths = quoted.filter((path) => isPath(path) && !isMade(path));
      expect(paths.filter((path) => !isThere(path))).to.deep.equal([]);
    });
  }
});
