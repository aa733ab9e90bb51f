import type { Column, Table } from '../csv/columns/table.js';
import type { Model } from '../model/model.js';
import { shown } from '../visible.js';
import type { ComparedColumn } from './check-columns.js';
import type { Finding, FindingCode, Severity } from './evaluate-report.js';

/** Missing cells: by how much their share may grow without a finding. */
const MISSING_GROWTH = 0.05;

/** Population stability index: from here on watch, and from here on shifted. */
const WATCH = 0.1;
const SHIFTED = 0.2;

/** Values outside the training range: share, and distance in deviations, up to which only a note is made. */
const EXCESS_SHARE = 0.05;
const EXCESS_DISTANCE = 1;

/** A column is called constant if chance would make it so in less than one case in a thousand. */
const RARE = 1e-3;

/** Chance as normal deviates: once in a thousand times. */
const DEVIATES = 3.0902;

/** Examples shown of levels or cells. */
const SHOWN = 3;

type Draft = Pick<Finding, 'code' | 'severity' | 'value' | 'bound' | 'detail'> & { readonly words: string };
type Rule = (compared: ComparedColumn) => Draft | null;

/** What to do about each kind of finding. */
export const REMEDIES: Readonly<Record<FindingCode, string>> = {
  'column-missing': 'add the column under the name that it had in training',
  'type-changed': 'give the column the type that it had in training, or mark the cells as missing with --na',
  'unseen-levels': 'correct the spelling, or train again with rows of these levels',
  'unseen-class': 'correct the spelling; the model knows two classes only',
  'missing-share': 'find out where the cells were lost',
  'range-excess': 'check the unit; beyond the training range the model extrapolates',
  'population-stability-index': 'look at how the rows were chosen; train again when the change is to stay',
  'constant-now': 'check the source of the column: it says nothing any more',
  'extra-column': 'none is needed: the model does not read it',
};

const RULES: readonly Rule[] = [missingColumn, changedType, unseen, missingCells, range, shift, constant];

/**
 * How the rows differ from those that the model was trained on: a finding for each rule and column that it applies to, errors first. A
 * finding on a column that the model does not need is never more than a note.
 * @param labelled whether the target is needed
 */
export function findChanges(
  model: Model,
  table: Table,
  columns: readonly ComparedColumn[],
  labelled: boolean,
): Finding[] {
  const looked = columns.filter(
    ({ check, column }) => labelled || column !== null || check.role === 'feature' || check.role === 'offset',
  );
  const findings = looked.flatMap((compared) =>
    RULES.flatMap((rule) => {
      const draft = rule(compared);
      return draft === null ? [] : [findingOf(draft, compared.check.name)];
    }),
  );
  return [...findings, ...extraColumns(model, table)].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function findingOf({ words, ...draft }: Draft, column: string): Finding {
  return { ...draft, column, message: `column ${shown(column)}: ${words}; ${REMEDIES[draft.code]}` };
}

/** A warning for what the model uses, a note for what it does not. */
function severityOf({ check }: ComparedColumn): Severity {
  return check.needed ? 'warning' : 'info';
}

function missingColumn({ check, column }: ComparedColumn): Draft | null {
  if (column !== null) return null;
  const effect = {
    feature: check.needed ? 'no row can be scored' : 'the model does without it, its coefficients are 0',
    target: 'nothing can be measured',
    weights: 'each row counts once',
    offset: 'no row can be scored',
  }[check.role];
  const severity = check.needed ? 'error' : check.role === 'weights' ? 'warning' : 'info';
  return {
    code: 'column-missing',
    severity,
    value: null,
    bound: null,
    detail: effect,
    words: `it is missing (${check.role}), so ${effect}`,
  };
}

function changedType(compared: ComparedColumn): Draft | null {
  const { check, column, rows } = compared;
  if (column === null || column.missing === rows || check.found === check.type) return looksNumeric(compared);
  const was = check.type === 'numeric' ? 'numbers' : 'categories';
  // Two classes may be written as numbers or as text; whether they are the same is seen cell by cell.
  if (check.role === 'target' && check.found !== 'mixed' && compared.range === null && check.unseen !== null)
    return null;
  const detail = `was ${was}; ${cellsOf(column)}`;
  return {
    code: 'type-changed',
    severity: check.needed ? 'error' : check.role === 'weights' ? 'error' : 'info',
    value: column.kind === 'dirty' ? column.others : null,
    bound: null,
    detail,
    words: `it held ${was} in training and now ${cellsOf(column)}`,
  };
}

function cellsOf(column: Column): string {
  if (column.kind === 'numeric') return 'holds numbers';
  if (column.kind === 'text')
    return `holds text such as ${column.levels.slice(0, SHOWN).map(shown).join(', ')}`;
  const cells = column.examples.slice(0, SHOWN).map(({ line, text }) => `${shown(text)} on line ${line}`);
  return `holds ${column.others} cells that are not numbers: ${cells.join(', ')}`;
}

/** Categories are always read as text: numbers in place of words show only in the levels. */
function looksNumeric(compared: ComparedColumn): Draft | null {
  const { check, column, unseenLevels } = compared;
  if (check.role !== 'feature' || column?.kind !== 'text' || check.unseen !== 1) return null;
  if (!unseenLevels.every(([level]) => Number.isFinite(Number(level)))) return null;
  return {
    code: 'type-changed',
    severity: severityOf(compared),
    value: null,
    bound: null,
    detail: 'was categories; holds numbers that are not among them',
    words: 'it held categories in training and now holds numbers that are not among them',
  };
}

function unseen(compared: ComparedColumn): Draft | null {
  const { check, unseenLevels } = compared;
  if (!check.unseen) return null;
  const examples = unseenLevels.slice(0, SHOWN).map(([level, rows]) => `${shown(level)} (${rows})`);
  const rest = unseenLevels.length > SHOWN ? ` and ${unseenLevels.length - SHOWN} more` : '';
  const detail = examples.join(', ') + rest;
  const share = percent(check.unseen);
  return check.role === 'target'
    ? {
        code: 'unseen-class',
        severity: 'error',
        value: check.unseen,
        bound: 0,
        detail,
        words: `${share} of its cells are neither of the two classes: ${detail}`,
      }
    : {
        code: 'unseen-levels',
        severity: severityOf(compared),
        value: check.unseen,
        bound: 0,
        detail,
        words: `${share} of its cells have levels not seen in training: ${detail}`,
      };
}

function missingCells(compared: ComparedColumn): Draft | null {
  const { missingShare: now, missingShareTraining: before } = compared.check;
  if (now === null || before === null) return null;
  const { rows, trainingRows } = compared;
  const all = trainingRows / Math.max(1 - before, Number.EPSILON);
  const pooled = (now * rows + before * all) / (rows + all);
  const chance = DEVIATES * Math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / Math.max(all, 1)));
  const bound = before + Math.max(MISSING_GROWTH, chance);
  if (!(now > bound)) return null;
  const detail = `${percent(before)} in training`;
  return {
    code: 'missing-share',
    severity: severityOf(compared),
    value: now,
    bound,
    detail,
    words: `${percent(now)} of its cells are missing, ${detail}`,
  };
}

function range(compared: ComparedColumn): Draft | null {
  const { rangeExcess, rangeDistance } = compared.check;
  if (!rangeExcess || compared.range === null) return null;
  const far = rangeExcess > EXCESS_SHARE || (rangeDistance ?? 0) > EXCESS_DISTANCE;
  const [min, max] = compared.range;
  const distance = rangeDistance === null ? '' : `, up to ${rangeDistance.toPrecision(2)} deviations`;
  const detail = `outside ${min} to ${max}${distance}`;
  return {
    code: 'range-excess',
    severity: far ? severityOf(compared) : 'info',
    value: rangeExcess,
    bound: 0,
    detail,
    words: `${percent(rangeExcess)} of its values lie ${detail}`,
  };
}

function shift(compared: ComparedColumn): Draft | null {
  const { psi, psiChance } = compared.check;
  if (psi === null || psiChance === null || psi <= Math.max(WATCH, psiChance)) return null;
  const shifted = psi > SHIFTED;
  const bound = Math.max(shifted ? SHIFTED : WATCH, psiChance);
  const detail = shifted ? 'shifted' : 'watch';
  return {
    code: 'population-stability-index',
    severity: shifted ? severityOf(compared) : 'info',
    value: psi,
    bound,
    detail,
    words: `its distribution has ${shifted ? 'shifted' : 'begun to shift'}: psi ${psi.toPrecision(3)}, above ${bound.toPrecision(3)}`,
  };
}

function constant(compared: ComparedColumn): Draft | null {
  const { shareOfOnlyValue: share, column, rows } = compared;
  if (share === null || column === null || share ** (rows - column.missing) > RARE) return null;
  return {
    code: 'constant-now',
    severity: severityOf(compared),
    value: 1,
    bound: share,
    detail: 'one value only',
    words: 'it has one value only, and varied in training',
  };
}

function extraColumns(model: Model, table: Table): Finding[] {
  const known = new Set([
    model.target.name,
    model.weights,
    model.offset,
    ...model.columns.map(({ name }) => name),
  ]);
  return table.columns
    .filter(({ name }) => !known.has(name))
    .map(({ name }) =>
      findingOf(
        {
          code: 'extra-column',
          severity: 'info',
          value: null,
          bound: null,
          detail: 'not read',
          words: 'the model does not know it',
        },
        name,
      ),
    );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
