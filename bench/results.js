// Results as files: one JSON for each case, and a Markdown table of all cases measured so far.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineLine } from './machine.js';

const HEADER = [
  'case',
  'rows x features',
  'CSV MB',
  'shrinkfit s',
  'fastest peer s',
  'ratio',
  'peak MB',
  "peers' peak MB",
  'certified',
];

/** Writes CASE.json, and table.md anew. */
export function saveResult(folder, cases, result) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.case}.json`), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(folder, 'table.md'), render(loadResults(folder, cases)));
}

/** What the folder holds, in the order of the cases. */
function loadResults(folder, cases) {
  const files = cases.map(({ name }) => join(folder, `${name}.json`)).filter((file) => existsSync(file));
  return files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

/** A table, and the growth, for each machine and day: figures of different ones do not belong side by side. */
export function render(results) {
  const groups = new Map();
  for (const result of results) {
    const line = machineLine(result.machine);
    groups.set(line, [...(groups.get(line) ?? []), result]);
  }
  return [...groups]
    .map(([line, group]) => [line, table(group), ...growth(group)].join('\n\n').concat('\n'))
    .join('\n');
}

function table(results) {
  const rule = HEADER.map((_, i) => (i === 0 ? '---' : '---:'));
  return [HEADER, rule, ...results.map(row)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row({ case: name, rows, features, csvMB, check, ours, peers }) {
  const fastest = fastestPeer(peers);
  return [
    name,
    `${grouped(rows)} x ${grouped(features)}`,
    digits(csvMB),
    digits(ours?.seconds),
    fastest === null ? '-' : `${digits(fastest[1].seconds)} (${fastest[0]})`,
    fastest === null ? '-' : ratioText(fastest[1].ratio),
    whole(ours?.peakMB),
    peakTexts(peers),
    `${check.certified}/${check.solutions}`,
  ];
}

/**
 * How our time and memory grow from tall to huge, ten times the rows: the time for a row of huge over that of tall. One
 * sentence for each work that both were timed for.
 */
function growth(results) {
  const timed = new Map(results.filter(({ ours }) => ours !== null).map((result) => [result.case, result]));
  return [...timed.values()].flatMap((huge) => {
    const tall = timed.get(huge.case.replace(/^huge-/, 'tall-'));
    return tall === undefined || tall === huge ? [] : [growthText(tall, huge)];
  });
}

function growthText(tall, huge) {
  const perRow = ({ ours, rows }) => (1e6 * ours.seconds) / rows;
  const [before, after] = [tall, huge].map(perRow);
  const memory = `${whole(tall.ours.peakMB)} to ${whole(huge.ours.peakMB)} MB`;
  return (
    `${tall.case} to ${huge.case}: ${digits(before)} to ${digits(after)} microseconds a row, ` +
    `ratio ${(after / before).toFixed(2)}; ${memory} for ${grouped(huge.rows / tall.rows)} times the rows`
  );
}

function peakTexts(peers) {
  const peaks = Object.entries(peers).map(([name, { peakMB }]) => `${whole(peakMB)} (${name})`);
  return peaks.length === 0 ? '-' : peaks.join(', ');
}

/** Name and figures of the peer with the smallest median, or null where none was timed. */
export function fastestPeer(peers) {
  const timed = Object.entries(peers).sort(([, a], [, b]) => a.seconds - b.seconds);
  return timed[0] ?? null;
}

function ratioText({ median, min, max }) {
  return `${median.toFixed(1)} (${min.toFixed(1)}..${max.toFixed(1)})`;
}

function digits(value) {
  if (value === undefined || value === null) return '-';
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}

function whole(value) {
  return value === undefined || value === null ? '-' : value.toFixed(0);
}

function grouped(count) {
  return count.toLocaleString('en-US');
}
