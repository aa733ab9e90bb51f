import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../cli/run-cli.js';

/**
 * Fills a job's directory with all by which a checkout could put another program in the place of shrinkfit: a package of that
 * name, a `.npmrc`, a package.json with scripts and overrides. Each leaves a file `hit` there when it is run.
 */
export function hostileWorkspace(directory: string): string {
  const hit = `require('fs').writeFileSync(${JSON.stringify(join(directory, 'hit'))}, '')`;
  const write = (name: string, text: string) => {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), 0o755);
  };
  const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
  const evil = { name: 'shrinkfit', version, bin: { shrinkfit: 'bin/shrinkfit.js' } };
  const scripts = { preinstall: `node -e "${hit.replaceAll('"', '\\"')}"` };
  for (const folder of ['node_modules/shrinkfit', 'evil', 'lib/node_modules/shrinkfit']) {
    write(`${folder}/package.json`, JSON.stringify({ ...evil, scripts }));
    write(`${folder}/bin/shrinkfit.js`, `#!/usr/bin/env node\n${hit}`);
  }
  write('node_modules/.bin/shrinkfit', `#!/usr/bin/env node\n${hit}`);
  write('shell.sh', `#!/bin/sh\ntouch '${join(directory, 'hit')}'\n`);
  write('preload.cjs', hit);
  write(
    '.npmrc',
    `registry=http://127.0.0.1:9/\nprefix=${directory}\nscript-shell=${directory}/shell.sh\nnode-options=--require=${directory}/preload.cjs\nignore-scripts=false\n`,
  );
  const overrides = { shrinkfit: 'file:evil' };
  write(
    'package.json',
    JSON.stringify({ name: 'x', scripts, overrides, dependencies: overrides, workspaces: ['evil'] }),
  );
  return directory;
}

/** A registry on this machine that has this package, without its dependencies: the command line holds them all. */
export async function packageRegistry(): Promise<{ url: string; asked: string[]; close(): void }> {
  const { tarball, manifest } = packed();
  const asked: string[] = [];
  const server = createServer(({ url: path }, response) => {
    asked.push(path!);
    const { port } = server.address() as AddressInfo;
    if (path === '/shrinkfit.tgz') return response.end(tarball);
    if (path !== '/shrinkfit') return response.writeHead(404).end();
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: `http://127.0.0.1:${port}/shrinkfit.tgz`, integrity };
    const { name, version } = manifest;
    return response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { ...manifest, dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, asked, close: () => server.close() };
}

function packed(): { tarball: Buffer; manifest: { name: string; version: string } } {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-pack-'));
  try {
    const packing = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const name = execFileSync('npm', packing, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n').pop()!;
    execFileSync('tar', ['-xzf', join(folder, name), '-C', folder]);
    const path = join(folder, 'package/package.json');
    const { dependencies, devDependencies, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(manifest));
    execFileSync('tar', ['-czf', join(folder, 'bare.tgz'), '-C', folder, 'package']);
    return { tarball: readFileSync(join(folder, 'bare.tgz')), manifest };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
