import type { ColumnSchema } from '../model/model.js';

/** A difference between the inputs of two models. */
export interface ColumnChange {
  readonly column: string;
  readonly code: 'column-added' | 'column-removed' | 'type-changed' | 'level-added' | 'level-removed';
  /** The level, or the types before and after; null if the column alone says everything. */
  readonly detail: string | null;
}

/** Added and removed columns and levels, in the order of the base, then of the new model. */
export function columnChanges(base: readonly ColumnSchema[], next: readonly ColumnSchema[]): ColumnChange[] {
  const before = new Map(base.map((column) => [column.name, column]));
  const after = new Map(next.map((column) => [column.name, column]));
  const changed = base.flatMap((column): ColumnChange[] => {
    const other = after.get(column.name);
    return other === undefined
      ? [{ column: column.name, code: 'column-removed', detail: null }]
      : changesWithin(column, other);
  });
  const added = next.filter(({ name }) => !before.has(name));
  return [
    ...changed,
    ...added.map(({ name }) => ({ column: name, code: 'column-added' as const, detail: null })),
  ];
}

function changesWithin(base: ColumnSchema, next: ColumnSchema): ColumnChange[] {
  const column = base.name;
  if (base.type === 'text' && next.type === 'text') {
    return [
      ...without(base.levels, next.levels).map((detail) => ({
        column,
        code: 'level-removed' as const,
        detail,
      })),
      ...without(next.levels, base.levels).map((detail) => ({
        column,
        code: 'level-added' as const,
        detail,
      })),
    ];
  }
  if (base.type === next.type) return [];
  return [{ column, code: 'type-changed', detail: `${base.type} to ${next.type}` }];
}

function without(levels: readonly string[], others: readonly string[]): string[] {
  const there = new Set(others);
  return levels.filter((level) => !there.has(level));
}
