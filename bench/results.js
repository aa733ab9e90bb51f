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
  "R's peak MB",
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

/** A table for each machine and day: figures of different ones do not belong side by side. */
export function render(results) {
  const groups = new Map();
  for (const result of results) {
    const line = machineLine(result.machine);
    groups.set(line, [...(groups.get(line) ?? []), result]);
  }
  return [...groups].map(([line, group]) => `${line}\n\n${table(group)}\n`).join('\n');
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
    whole(peers.glmnet?.peakMB),
    `${check.certified}/${check.solutions}`,
  ];
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
