// Gets the peers on Debian and its kin; elsewhere says so, and the benchmark goes on with what is there.
// Also a command of its own: node bench/install-peers.js
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Debian's packages, with what each is for. OpenBLAS: both peers are slower with the reference BLAS. */
const PACKAGES = [
  ['r-cran-glmnet', 'the peer in R'],
  ['r-cran-data.table', 'its CSV reader'],
  ['python3-sklearn', 'the peer in Python'],
  ['python3-pandas', 'its CSV reader'],
  ['libopenblas0', 'a fast BLAS for both'],
  ['time', 'peak memory and processor time'],
];

/** Installs what is missing, one package at a time, so that one that cannot be had does not take others with it. */
export function installPeers(log) {
  const missing = PACKAGES.filter(([name]) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(' ');
  const obstacle = whyNot();
  if (obstacle !== null) {
    log(`not installing ${names}: ${obstacle}`);
    return;
  }
  log(`installing ${names}`);
  aptGet('update');
  for (const [name, purpose] of missing) {
    if (!aptGet('install', '--yes', '--no-install-recommends', name))
      log(`could not get ${name} (${purpose})`);
  }
}

function whyNot() {
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'there is no apt-get here';
  return process.getuid?.() === 0 ? null : 'that takes root';
}

function isInstalled(name) {
  const query = spawnSync('dpkg', ['--status', name], { encoding: 'utf8' });
  return query.status === 0 && query.stdout.includes('Status: install ok installed');
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore' }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installPeers(console.error);
