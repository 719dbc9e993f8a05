import { describe, expect, test } from 'vitest';
import { checkRecords } from '../../../src/protocol/layouts/check-records.ts';
import { compileLayouts, type Form } from '../../../src/protocol/layouts/compile.ts';
import { itemForm, Wrong } from '../../../src/protocol/layouts/item-form.ts';
import type { LayoutItem } from '../../../src/protocol/layouts/layout.ts';
import { fc } from '../../support/property.ts';

type Made = { type: LayoutItem['type'] } & Partial<
  Record<'name' | 'required' | 'max' | 'characters' | 'formulas' | 'least', unknown>
>;
const item = (made: Made): LayoutItem =>
  ({
    name: 'x',
    required: false,
    max: 5,
    characters: 'any',
    formulas: false,
    least: 0,
    most: 999,
    decimals: 2,
    codes: ['男', '女'],
    ...made,
  }) as LayoutItem;
const read = (made: Made, cell: string) => {
  const value = itemForm(item(made)).read(cell);
  return value instanceof Wrong ? { reason: value.reason } : value;
};
const wrong = (reason: string) => ({ reason });

describe('what a cell is read as, or what is wrong with it', () => {
  test.each([
    [{ type: 'text' }, '接種', '接種'],
    [{ type: 'text' }, '', null],
    [{ type: 'text', required: true }, '', wrong('required')],
    [{ type: 'text' }, '123456', wrong('too_long')],
    [{ type: 'text' }, '𠮷𠮷𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷𠮷'],
    [{ type: 'text' }, '𠮷𠮷𠮷𠮷𠮷𠮷', wrong('too_long')],
    [{ type: 'text' }, '辻󠄀', '辻󠄀'],
    [{ type: 'text' }, 'a\u0000', wrong('control_character')],
    [{ type: 'text' }, 'a\nb', wrong('control_character')],
    [{ type: 'text' }, 'a\tb', wrong('control_character')],
    [{ type: 'text' }, '\ud800', wrong('characters')],
    [{ type: 'text' }, '\ue000', wrong('characters')],
    [{ type: 'text' }, 'a\u202eb', wrong('characters')],
    [{ type: 'text' }, '\ufeffa', wrong('characters')],
    ...['=1+1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a'].map(
      (cell) => [{ type: 'text' }, cell, wrong('formula')] as const,
    ),
    [{ type: 'text', formulas: true }, '=1+1', '=1+1'],
    [{ type: 'text' }, "a=1'", "a=1'"],
    [{ type: 'text', max: 30 }, '番号は123456789018', wrong('individual_number')],
    [{ type: 'text', max: 30 }, '1234-5678-9018', wrong('individual_number')],
    [{ type: 'text', characters: 'digits', max: 15 }, '000001234567890', '000001234567890'],
    [{ type: 'text', characters: 'digits' }, '0012', '0012'],
    [{ type: 'text', characters: 'digits' }, '１', wrong('characters')],
    [{ type: 'text', characters: 'katakana' }, 'ヴァ　ー', 'ヴァ　ー'],
    [{ type: 'text', characters: 'katakana' }, 'ｱ', wrong('characters')],
    [{ type: 'text', characters: 'full_width' }, '甲１', '甲１'],
    [{ type: 'text', characters: 'full_width' }, '甲1', wrong('characters')],
    [{ type: 'text', characters: 'alphanumeric' }, 'I-1_', wrong('characters')],
    [{ type: 'integer' }, '0', 0],
    [{ type: 'integer' }, '999', 999],
    [{ type: 'integer' }, '1000', wrong('too_large')],
    [{ type: 'integer', least: -5 }, '-0', 0],
    [{ type: 'integer' }, '-1', wrong('too_small')],
    ...[
      '007',
      '1.0',
      '1e3',
      '+1',
      ' 1',
      '1 ',
      '0x1',
      '１２a',
      '９９９９９９９９９９９９９９９９a',
      'NaN',
    ].map((cell) => [{ type: 'integer' }, cell, wrong('not_integer')] as const),
    [{ type: 'integer' }, '１２', wrong('full_width_digits')],
    [{ type: 'decimal' }, '0.25', 0.25],
    [{ type: 'decimal' }, '0.50', 0.5],
    [{ type: 'decimal' }, '0.125', wrong('not_decimal')],
    [{ type: 'decimal' }, '.5', wrong('not_decimal')],
    [{ type: 'decimal' }, '５．５', wrong('full_width_digits')],
    [{ type: 'date' }, '2024-02-29', '2024-02-29'],
    [{ type: 'date' }, '9999-12-31', '9999-12-31'],
    ...[
      '2023-02-29',
      '2100-02-29',
      '2024-13-01',
      '2024-00-01',
      '2024-04-31',
      '2024-04-00',
      '0024-04-01',
    ].map((cell) => [{ type: 'date' }, cell, wrong('no_such_date')] as const),
    ...[
      '20240401',
      '2024/04/01',
      '2024-4-1',
      'R6.4.1',
      '2024-04-01 ',
      '2024-04-0a',
      '2024-04-+1',
    ].map((cell) => [{ type: 'date' }, cell, wrong('not_date')] as const),
    [{ type: 'date' }, '２０２４－０４－０１', wrong('full_width_digits')],
    [{ type: 'month' }, '2024-12', '2024-12'],
    [{ type: 'month' }, '2024-13', wrong('not_month')],
    [{ type: 'year' }, '2024', 2024],
    [{ type: 'year' }, '24', wrong('not_year')],
    [{ type: 'code' }, '男', '男'],
    [{ type: 'code' }, '男 ', wrong('not_in_code_list')],
    [{ type: 'code' }, '__proto__', wrong('not_in_code_list')],
    [{ type: 'individual_number' }, '123456789018', '123456789018'],
    [{ type: 'individual_number' }, '123456789012', wrong('check_digit')],
    [{ type: 'individual_number' }, '12345678901', wrong('not_individual_number')],
    [{ type: 'individual_number' }, '１２３４５６７８９０１８', wrong('full_width_digits')],
  ] as const)('%j %j', (made, cell, expected) => {
    expect(read(made as Made, cell)).toEqual(expected);
  });

  test('dates are those of the calendar, for every text that looks like one', () => {
    const two = (most: number) =>
      fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1800, max: 9999 }), two(13), two(32), (year, month, day) => {
        const text = `${year}-${month}-${day}`;
        const at = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
        expect(read({ type: 'date' }, text)).toEqual(exists ? text : wrong('no_such_date'));
      }),
    );
  });

  test('whatever is written is a value or a reason, and a value passes the check of records', () => {
    const types = [
      'text',
      'integer',
      'decimal',
      'date',
      'month',
      'year',
      'code',
      'individual_number',
    ] as const;
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[-+]?[0-9０-９.]{0,12}$/),
      fc.constantFrom('男', '2024-02-29', '2024-02', '2024', '123456789018'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), cell, fc.boolean(), (type, text, required) => {
        const form = itemForm(item({ type, required, max: 20, least: -99 }));
        const value = form.read(text);
        if (!(value instanceof Wrong)) expect(form.check(value)).toBeUndefined();
        // What a file may not say, a record may not either; but what is a number there is no text here.
        else if (text !== '') expect(form.check(text)).toBeInstanceOf(Wrong);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the check of one person’s records', () => {
  const layout = {
    information: ['住民票関係情報'],
    version: 'T-1',
    key: ['年'],
    items: [
      item({ name: '年', type: 'year', required: true }),
      item({ name: '名', type: 'text', max: 2 }),
    ],
  };
  const [form] = compileLayouts([layout]).all as [Form];
  const reasons = (...records: Record<string, string | number | null>[]) =>
    checkRecords(form, records).map(({ record, item: named, reason }) => [record, named, reason]);

  test('right ones have no findings, and their JSON is that of the records', () => {
    expect(reasons({ 年: 2024, 名: '甲' }, { 名: null, 年: 2025 })).toEqual([]);
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.string({ unit: 'binary' })), (年, 名) => {
        expect(form.json([年, 名])).toBe(JSON.stringify({ 年, 名 }));
      }),
    );
  });
  test('types are those of JSON', () => {
    expect(reasons({ 年: '2024', 名: 5 })).toEqual([
      [0, '年', 'wrong_type'],
      [0, '名', 'wrong_type'],
    ]);
    expect(reasons({ 年: 2024.5, 名: '' })).toEqual([
      [0, '年', 'not_year'],
      [0, '名', 'wrong_type'],
    ]);
  });
  test('missing and unknown items, the same key twice', () => {
    expect(reasons({ 年: 2024 })).toEqual([[0, '名', 'missing_item']]);
    expect(reasons({ 年: 2024, 名: null, 他: 1 })).toEqual([[0, undefined, 'unknown_item']]);
    expect(reasons({ 年: 2024, 他: 1 })).toEqual([
      [0, '名', 'missing_item'],
      [0, undefined, 'unknown_item'],
    ]);
    expect(reasons({ 年: 2024, 名: '甲' }, { 年: 2024, 名: '乙' })).toEqual([
      [1, undefined, 'duplicate_key'],
    ]);
  });
  test('no finding tells the value', () => {
    const told = JSON.stringify(checkRecords(form, [{ 年: '123456789018', 名: '123456789018' }]));
    expect(told).not.toContain('123456789018');
  });
});
