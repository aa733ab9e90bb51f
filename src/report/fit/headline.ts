import type { FitReport } from '../../fit/fit-report.js';
import { counted } from '../../words.js';
import { paragraph, type TextBlock, type WriteName } from '../text/block.js';
import { objective } from './objective.js';

function rowsRead({ rows, rowsUsed, rowsDropped }: FitReport['data']): string {
  const used =
    rowsDropped === 0 && rowsUsed === rows ? 'all used' : `${rowsUsed} used, ${rowsDropped} dropped`;
  return `${counted(rows, 'row')}, ${used}`;
}

function target({ name, classes, positive }: FitReport['target'], write: WriteName): string {
  if (classes === null) return `"${write(name)}"`;
  const [negative, modelled] = positive === classes[0] ? [classes[1], classes[0]] : classes;
  return `"${write(name)}" (the probability of ${write(modelled)}, not ${write(negative)})`;
}

const METHODS = {
  none: 'no test rows',
  random: 'random split',
  stratified: 'random split that keeps the class rates',
  file: 'test rows from their own file',
} as const;

function split({ method, seed, train, test }: FitReport['split']): string {
  if (test === 0) return `all ${counted(train, 'row')} to train, no test rows`;
  const drawn = seed === null ? '' : `, seed ${seed}`;
  return `${counted(train, 'row')} to train, ${test} to test: ${METHODS[method]}${drawn}`;
}

/** What was read, how it was split, and which problem was solved on it. */
export function headline(report: FitReport, write: WriteName): TextBlock[] {
  const features = counted(report.features.length, 'feature');
  return [
    paragraph(
      `${write(report.data.source === '-' ? 'standard input' : report.data.source)}: ${rowsRead(report.data)}; ${features} to predict ${target(report.target, write)}`,
    ),
    paragraph(split(report.split)),
    paragraph(objective(report)),
  ];
}
