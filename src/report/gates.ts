import type { GateResult } from '../gates/gate.js';
import type { TextBlock, TextColumn } from './text/block.js';
import { formatFigure } from './text/format-number.js';

const COLUMNS: readonly TextColumn[] = [
  { head: 'verdict', align: 'left' },
  { head: 'figure', align: 'right' },
  { head: 'bound', align: 'right' },
  { head: 'rule', align: 'left', untrusted: true },
];

/** The outcome of a gate in one word; a failed `warn` gate fails nothing. */
export function verdictOf({ passed, level }: GateResult): string {
  if (passed) return 'passed';
  return level === 'warn' ? 'WARNING' : 'FAILED';
}

/** Every gate with its rule, figure, bound and verdict, those that passed too; nothing without gates. */
export function gateBlocks(gates: readonly GateResult[]): TextBlock[] {
  if (gates.length === 0) return [];
  const passed = gates.filter((gate) => gate.passed).length;
  const rows = gates.map((gate) => ({
    cells: [verdictOf(gate), formatFigure(gate.value, 6), formatFigure(gate.bound, 6), gate.expression],
    tone: gate.passed ? ('good' as const) : ('bad' as const),
  }));
  return [
    { kind: 'heading', text: `Gates: ${passed} of ${gates.length} passed` },
    { kind: 'table', table: { columns: COLUMNS, rows } },
  ];
}

/** A gate's result with the keys of the JSON, for every command that has gates. */
export function gateObject({ expression, level, name, value, bound, passed, remedy }: GateResult): object {
  return { expression, level, name, value, bound, passed, remedy };
}
