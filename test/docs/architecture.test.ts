import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../cli/run-cli.js';

const PAGE = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

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

const rowsOf = (pattern: RegExp): RegExpMatchArray[] => [...PAGE.matchAll(pattern)];

describe('ARCHITECTURE.md', () => {
  it('has a line for each room there is, with what it may import', () => {
    // AssemblyScript has a compiler of its own, and no import rule.
    const rule = roomsOfTheRule().set('assembly', 'nothing');
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(join(ROOT, 'src', entry.name)).length > 0)
      .map(({ name }) => [name, rule.get(name)]);
    const section = /^## Rooms$(.*?)^## /ms.exec(PAGE)![1];
    const documented = [...section.matchAll(/^\| `([\w-]+)` \|.*\| ([^|]+) \|$/gm)].map(([, room, from]) => [
      room,
      from,
    ]);
    expect(documented.sort()).to.deep.equal(rooms.sort());
  });

  it('names a test that exists for each trap', () => {
    const traps = rowsOf(/^\|.*\| `(test\/[^`]+)`: (.+) \|$/gm);
    expect(traps.length).to.be.above(15);
    const missing = traps.filter(
      ([, file, title]) => !readFileSync(join(ROOT, file), 'utf8').includes(title),
    );
    expect(missing.map(([, file, title]) => `${file}: ${title}`)).to.deep.equal([]);
  });

  it('lists every solver that can be chosen', () => {
    const named = new Set(rowsOf(/`([a-z/-]+)`/g).map(([, name]) => name));
    const chooser = readFileSync(join(ROOT, 'src', 'path', 'choose-solver.ts'), 'utf8');
    const solvers = [...chooser.matchAll(/from '\.\.\/solvers\/([a-z/-]+)\.js'/g)].map(([, name]) => name);
    const isSolver = (name: string) => name !== 'solver' && !name.startsWith('screening/');
    expect(solvers.filter((name) => isSolver(name) && !named.has(name))).to.deep.equal([]);
  });
});
