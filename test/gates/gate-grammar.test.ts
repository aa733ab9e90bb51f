import { expect } from 'chai';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.js';
import { evaluateGate } from '../../src/gates/evaluate-gate.js';
import { fitNames } from '../../src/gates/fit-scope.js';
import { parseGate } from '../../src/gates/parse-gate.js';
import { resolveGate } from '../../src/gates/resolve-gate.js';
import type { GateScope } from '../../src/gates/scope.js';

const FIGURES = { a: 2, b: -3.5, c_1: 0.25 };
const SCOPE: GateScope = {
  subject: 'a sample',
  figures: new Map(
    Object.entries({ ...FIGURES, 'baseline.a': 8, huge: 1e308, endless: Number.POSITIVE_INFINITY }).map(
      ([name, value]) => [name, () => value],
    ),
  ),
  functions: new Map([['coef', { argument: 'feature', values: new Map([['\b\f\n\r\t/\\"\'', 1]]) }]]),
};
const result = (text: string) => evaluateGate(parseGate(text), SCOPE);

/** A text and its value; null where a step of it is not finite. */
interface Written {
  readonly text: string;
  readonly value: number | null;
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);
const applied = (operands: readonly Written[], apply: (...values: number[]) => number) =>
  operands.some(({ value }) => value === null) ? null : finite(apply(...operands.map(({ value }) => value!)));

type Operator = '+' | '-' | '*' | '/';
const OPERATIONS: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** Operands joined without parentheses: first the products and quotients from the left, then the rest. */
function joined(first: Written, rest: readonly (readonly [Operator, Written])[]): Written {
  const terms: { sign: '+' | '-'; product: Written }[] = [{ sign: '+', product: first }];
  for (const [operator, factor] of rest) {
    if (operator === '+' || operator === '-') terms.push({ sign: operator, product: factor });
    else {
      const last = terms[terms.length - 1];
      last.product = { text: '', value: applied([last.product, factor], OPERATIONS[operator]) };
    }
  }
  const value = terms
    .slice(1)
    .reduce(
      (all, { sign, product }) => ({ text: '', value: applied([all, product], OPERATIONS[sign]) }),
      terms[0].product,
    ).value;
  return { text: first.text + rest.map(([operator, { text }]) => ` ${operator}${text}`).join(''), value };
}

const { sum } = fc.letrec<{ sum: Written; factor: Written }>((tie) => ({
  sum: fc
    .tuple(
      tie('factor'),
      fc.array(fc.tuple(fc.constantFrom<Operator[]>('+', '-', '*', '/'), tie('factor')), { maxLength: 3 }),
    )
    .map(([first, rest]) => joined(first, rest)),
  factor: fc.oneof(
    { depthSize: 'small' },
    fc
      .constantFrom('a', 'b', 'c_1', '1', '.5', '2.', '3.25', '12e-1', '1E+1', '2e0')
      .map((text) => ({ text, value: new Map(Object.entries(FIGURES)).get(text) ?? Number(text) })),
    tie('sum').map(({ text, value }) => ({ text: `( ${text})`, value })),
    tie('factor').map((operand) => ({ text: ` -${operand.text}`, value: applied([operand], (x) => -x) })),
    tie('factor').map(({ text, value }) => ({ text: `+${text}`, value })),
    tie('sum').map((operand) => ({ text: `abs(${operand.text})`, value: applied([operand], Math.abs) })),
    fc
      .tuple(fc.constantFrom('min', 'max'), fc.array(tie('sum'), { minLength: 2, maxLength: 3 }))
      .map(([name, operands]) => ({
        text: `${name}(${operands.map(({ text }) => text).join(', ')})`,
        value: applied(operands, name === 'min' ? Math.min : Math.max),
      })),
  ),
}));

describe('the grammar of gates', () => {
  it('has the usual order of operations, and no value where a step is not finite', () => {
    fc.assert(
      fc.property(sum, ({ text, value }) => {
        const gate = result(`a - a + (${text}) == 1`);
        expect(gate.value, text).to.equal(value === null ? null : 0 + value);
      }),
      { numRuns: 300 },
    );
  });

  it('fails where arithmetic or a figure is endless', () => {
    for (const text of [
      'huge * 10',
      'endless',
      '-endless',
      'huge + huge',
      '1 / (a - a)',
      'min(a, endless)',
    ]) {
      for (const sign of ['<', '>', '!=']) {
        expect(result(`${text} ${sign} 5`), text).to.deep.include({ value: null, passed: false });
      }
    }
  });

  it('reads every escape of JSON, in quotes of both kinds', () => {
    const name = '\\b\\f\\n\\r\\t\\/\\\\\\"\\\'';
    for (const quote of [`"`, `'`])
      expect(result(`coef(${quote}${name}${quote}) == 1`).passed).to.equal(true);
    const codes = [...'\b\f\n\r\t/\\"\''].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    expect(result(`coef("${codes.join('')}") == 1`).passed).to.equal(true);
  });

  it('allows a thousand words and fifty levels, one after the other as often as one likes, and no more', () => {
    const words = (count: number) => `a${'+1'.repeat((count - 3) / 2)}<1`;
    expect(() => parseGate(words(999))).to.not.throw();
    expect(() => parseGate(`${words(999)} `)).to.not.throw();
    expect(() => parseGate(words(1001))).to.throw(UsageError, 'more than 1000 words at character 1001;');
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(() => parseGate(`${nested(49)} + ${nested(49)} + ${nested(49)} < 1`)).to.not.throw();
    expect(() => parseGate(`${nested(50)} < 1`)).to.throw(
      UsageError,
      'nested deeper than 50 at character 51;',
    );
  });

  it('says in whole sentences what is wrong with a gate, where, and what to write', () => {
    const expects = 'expected FIGURE <=, >=, <, >, == or != NUMBER';
    const all = 'the figures are a, b, c_1, baseline.a, huge, endless';
    const cases: readonly (readonly [string, string])[] = [
      ['a <', `it ends too early at character 4; ${expects}`],
      ['a ≤ 3', `unexpected "≤" at character 3; ${expects}`],
      ['a < 1 < 2', `a second comparison (write two gates) at character 7; ${expects}`],
      ['3 < 4', `no figure to check at character 1; ${expects}`],
      ['a < 5 b', `unexpected "b" at character 7; ${expects}`],
      ['a < (1', `it ends too early at character 7; ${expects}`],
      ['1 + abs(a, 1) > 0', `abs takes one number at character 5; ${expects}`],
      ['1 + max(a) > 0', `max takes two numbers or more at character 5; ${expects}`],
      ['coef( a) > 0', `quote the column name: coef("COLUMN") at character 7; ${expects}`],
      ["coef('a) > 0", `a quote that is not closed at character 6; ${expects}`],
      ['😀 < 1', `unexpected "😀" at character 1; ${expects}`],
      ['aa1 < 1', `there is no figure "aa1" in a sample; ${all}`],
      [
        'coeff("x") < 1',
        'there is no function "coeff" in a sample; did you mean coef? the functions are abs, min, max, coef',
      ],
      ['b < baseline', 'baseline stands beside no figure that has one; name the one you mean: baseline.a'],
    ];
    for (const [text, words] of cases) {
      expect(() => result(text), text)
        .to.throw(UsageError)
        .with.property('message', `--require ${JSON.stringify(text)}: ${words}`);
    }
  });

  it('replaces baseline wherever it stands, and nothing else', () => {
    expect(result('max(1, -(baseline + a) * -2) - abs(b) == a').value).to.equal(20 - 3.5);
    expect(result('a + a < baseline').bound).to.equal(8);
    expect(result('coef("\\b\\f\\n\\r\\t/\\\\\\"\'") + a < baseline').bound).to.equal(8);
  });

  it('gives a gate that fails a remedy, another one where something is undefined', () => {
    const moved =
      'find out what changed in the data or the options; if the result is as it should be, move the bound';
    const rows =
      'give the rows that the figure is measured on, or take the gate out: what is undefined never passes';
    expect(result('a < 1').remedy).to.equal(moved);
    for (const text of ['endless < 1', 'a < endless']) expect(result(text).remedy, text).to.equal(rows);
  });

  it('calls a fit of either family a fit', () => {
    expect(() => resolveGate(parseGate('nonsense < 1'), fitNames('auto'))).to.throw(UsageError, ' in a fit;');
    expect(() => resolveGate(parseGate('nonsense < 1'), fitNames('binomial'))).to.throw(
      ' in a binomial fit;',
    );
  });
});
