// Times whole commands in turn: ours, a peer, ours, a peer, so that both meet the same machine.
import { time } from './command.js';
import * as ours from './ours.js';
import * as peers from './peers.js';
import { median, pairedRatio } from './statistics.js';

/**
 * @param {number} runs pairs of runs with each peer, after one of each that does not count
 * @returns {{ours: object, peers: Record<string, object>}} medians, raw runs and, for peers, the ratio of the pairs
 */
export function measure(bin, work, present, runs) {
  const mine = ours.command(bin, work);
  const able = present.filter((peer) => peer.does(work));
  time(mine);
  for (const peer of able) time(peers.command(peer, work));
  if (able.length === 0) return { ours: summary(Array.from({ length: runs }, () => time(mine))), peers: {} };
  const pairs = interleave(mine, able, work, runs);
  return {
    ours: summary(pairs.map(([own]) => own)),
    peers: Object.fromEntries(able.map((peer, k) => [peer.name, peerSummary(every(pairs, able.length, k))])),
  };
}

/** Pairs in the order they ran: in each round one pair with every peer. */
function interleave(mine, able, work, runs) {
  const pairs = [];
  for (let run = 0; run < runs; run++) {
    for (const peer of able) pairs.push([time(mine), time(peers.command(peer, work))]);
  }
  return pairs;
}

/** Of every `step` pairs the one at `offset`. */
function every(pairs, step, offset) {
  return pairs.filter((_, i) => i % step === offset);
}

function peerSummary(pairs) {
  const seconds = (side) => pairs.map((pair) => pair[side].seconds);
  return { ...summary(pairs.map(([, peer]) => peer)), ratio: pairedRatio(seconds(0), seconds(1)) };
}

/** Medians of the runs. @param {import('./command.js').Run[]} runs */
export function summary(runs) {
  const of = (key) => (runs.some((run) => run[key] === null) ? null : median(runs.map((run) => run[key])));
  const figures = runs.map(({ seconds, cpuSeconds, peakMB }) => ({ seconds, cpuSeconds, peakMB }));
  return { seconds: of('seconds'), cpuSeconds: of('cpuSeconds'), peakMB: of('peakMB'), runs: figures };
}
