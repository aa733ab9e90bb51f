import type { GateResult } from '../fit/fit-report.js';
import { formatFigure } from './format-number.js';
import type { TextBlock, TextColumn } from './text-block.js';

const COLUMNS: readonly TextColumn[] = [
  { head: 'verdict', align: 'left' },
  { head: 'figure', align: 'right' },
  { head: 'rule', align: 'left', untrusted: true },
];

/** Every gate with its rule, figure and verdict, those that passed too; nothing without gates. */
export function gateBlocks(gates: readonly GateResult[]): TextBlock[] {
  if (gates.length === 0) return [];
  const passed = gates.filter((gate) => gate.passed).length;
  const rows = gates.map((gate) => ({
    cells: [gate.passed ? 'passed' : 'FAILED', formatFigure(gate.value, 6), gate.expression],
    tone: gate.passed ? ('good' as const) : ('bad' as const),
  }));
  return [
    { kind: 'heading', text: `Gates: ${passed} of ${gates.length} passed` },
    { kind: 'table', table: { columns: COLUMNS, rows } },
  ];
}
