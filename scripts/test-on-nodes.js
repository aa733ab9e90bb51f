// Runs the tests on other versions of node, whose binaries the npm package `node` brings:
//   npm run test:nodes                            all tests on each of NODES
//   npm run test:nodes -- 22 test/csv/*.test.ts   these files on node 22
//   npm run test:nodes -- --few                   what .ci/run affords: FEW, on each version but the running one;
//                                                 a version that cannot be fetched is skipped, and named
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from './node-binary.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** The lines of node that `engines` in package.json allows and that are maintained. */
const NODES = ['20', '22', '24'];
/** The binary with its threads and signals, compiled kernels on threads, and the reading of files. */
const FEW = ['test/cli/streams.test.ts', 'test/runtime/thread-pool.test.ts', 'test/csv/bytes/source.test.ts'];

const args = process.argv.slice(2);
const few = args.includes('--few');
const asked = args.filter((arg) => /^\d+$/.test(arg));
const files = args.filter((arg) => arg !== '--few' && !asked.includes(arg));
const running = process.versions.node.split('.')[0];
const nodes = asked.length > 0 ? asked : NODES.filter((node) => !few || node !== running);

// mocha only warns of a file that is not there as long as it finds another.
const missing = [...FEW, ...files].filter((file) => !file.includes('*') && !existsSync(join(root, file)));
if (missing.length > 0) {
  console.error(`no such test: ${missing.join(', ')}`);
  process.exit(2);
}

const failed = nodes.filter((node) => !passesOn(node));
if (failed.length > 0) {
  console.error(`\nFailed on node ${failed.join(', ')}.`);
  process.exit(1);
}

/** Whether the tests pass on this version, which must be there unless only few tests are wanted. */
function passesOn(node) {
  const { path: binary, reason } = nodeBinary(node);
  if (binary === undefined) {
    console.log(`\nnode ${node}: ${few ? 'skipped, because ' : ''}npx cannot fetch it: ${reason}`);
    return few;
  }
  console.log(`\nnode ${execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()}`);
  const specs = files.length === 0 && few ? FEW : files;
  // What the tests start by name (`#!/usr/bin/env node`) is this node too.
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const tests = join(root, 'scripts', 'test.js');
  return spawnSync(binary, [tests, ...specs], { cwd: root, env, stdio: 'inherit' }).status === 0;
}
