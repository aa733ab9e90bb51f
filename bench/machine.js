// Where and when a measurement was made: figures without it mean little.
import { cpus, loadavg, totalmem } from 'node:os';

/**
 * @param {Record<string, string>} peers versions of the peers that are there
 * @returns what is the same for all cases of a run; results that share it share a table
 */
export function describeMachine(peers) {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    peers,
  };
}

/** Processes waiting for a core over the last minute: well above 0 before we start means a noisy machine. */
export function load() {
  return loadavg()[0];
}

/** The machine in one line of prose. */
export function machineLine({ date, cpu, cores, memoryGB, platform, node, peers }) {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [date, `${cpu} (${cores} cores)`, `${memoryGB} GB`, platform, `node ${node}`, ...versions].join(
    ', ',
  );
}
