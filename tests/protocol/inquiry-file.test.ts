import { describe, expect, test } from 'vitest';
import { COLUMNS, KEYS } from '../../src/protocol/inquiry-file/columns.ts';
import { type FixedRow, fixedLine } from '../../src/protocol/inquiry-file/fixed-row.ts';
import { FRIENDLY_HEADER } from '../../src/protocol/inquiry-file/friendly-row.ts';
import { RowsReader } from '../../src/protocol/inquiry-file/read-rows.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { fc } from '../support/property.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const period = fc.oneof(
  fc.constant(undefined),
  fc.tuple(day, day).map((days) => {
    const [from = '', until = ''] = days.sort();
    return { from, until };
  }),
  day.map((from) => ({ from })),
  day.map((until) => ({ until })),
);
const row: fc.Arbitrary<FixedRow> = fc.record({
  inquirer: digits(5),
  integratedAddressNumber: digits(15),
  affair: digits(14).map((code) => `JM${code}`),
  provider: digits(5),
  information: digits(14).map((code) => `TM${code}`),
  period,
});
const askOf = ({ inquirer, ...ask }: FixedRow) => ({
  inquirer,
  ask: JSON.parse(JSON.stringify(ask)),
});

const good: FixedRow = {
  inquirer: '32201',
  integratedAddressNumber: '118835941569204',
  affair: affairCode('予防接種'),
  provider: '11202',
  information: informationCode('記録'),
  period: { from: '2025-04-01', until: '2026-03-31' },
};
const cellsOf = (it: FixedRow) => fixedLine(it).trimEnd().split(',');
/** The good row with other cells, by key. */
const withCells = (change: Partial<Record<keyof typeof COLUMNS, string>>) => {
  const cells = cellsOf(good);
  for (const [key, cell] of Object.entries(change)) {
    cells[KEYS.indexOf(key as keyof typeof COLUMNS)] = cell;
  }
  return cells;
};
const readFixed = (cells: readonly string[]) => new RowsReader().read(cells);

describe('inquiry file', () => {
  test('what is written is read as it was; every cell has its width or is empty', () => {
    fc.assert(
      fc.property(row, (it) => {
        const line = fixedLine(it);
        expect(line).toMatch(/^[ -~]{100,239}\r\n$/);
        const cells = cellsOf(it);
        KEYS.forEach((key, at) => {
          expect([0, COLUMNS[key].width]).toContain(cells[at]?.length);
        });
        expect(readFixed(cells)?.row).toEqual(askOf(it));
      }),
    );
  });

  test('the line is the one that municipal tools write', () => {
    expect(
      fixedLine({ ...good, affair: 'JM01000000121000', information: 'TM00000000000002' }),
    ).toBe(
      '01,,118835941569204,,,,32201           ,1,JM01000000121000,,,,11202           ,TM00000000000002,0,0,20250401,20260331\r\n',
    );
  });

  test('either way of filling a cell up is read, on either side, and empty cells of any width', () => {
    const same = [
      withCells({ inquirer: '0000000000032201', provider: '           11202' }),
      withCells({ integratedAddressNumber: '', addressNumber: '118835941569204' }),
      withCells({ addressNumber: ' '.repeat(15), department: ' '.repeat(20), user: ' ' }),
      withCells({ addressNumber: '118835941569204' }),
      withCells({ requestedAt: '20260228235959999', procedure: 'JT01010000000214' }),
      withCells({ department: '3595115400          ', user: '               tanto' }),
      withCells({ scheme: '', nonDisclosable: '', condition: '1', year: '' }),
      withCells({ scheme: ' 1', inquirerFor: '32201           ', providerFor: '0000000000011202' }),
    ];
    for (const cells of same) expect(readFixed(cells)?.row).toEqual(askOf(good));
    const short = withCells({ integratedAddressNumber: '', addressNumber: '          12345' });
    expect(readFixed(short)?.row?.ask.integratedAddressNumber).toBe('000000000012345');
  });

  test.each([
    [{ integratedAddressNumber: '１１８８３５９４１５６９２０４' }, '統合宛名番号', 'full_width'],
    [{ integratedAddressNumber: '11883594156920x' }, '統合宛名番号', 'wrong_form'],
    [{ integratedAddressNumber: '   123456789018' }, '統合宛名番号', 'individual_number'],
    [{ addressNumber: '118835941569205' }, '宛名番号', 'numbers_differ'],
    [{ integratedAddressNumber: '' }, '宛名番号', 'missing'],
    [{ integratedAddressNumber: '1188' }, '統合宛名番号', 'wrong_width'],
    [{ addressNumber: ' '.repeat(16) }, '宛名番号', 'wrong_width'],
    [{ scheme: '02' }, '番号体系', 'not_simulated'],
    [{ requestedAt: '20260230000000000' }, '照会依頼日時', 'no_such_date'],
    [{ requestedAt: '20260228240000000' }, '照会依頼日時', 'no_such_date'],
    [{ inquirer: '' }, '情報照会者機関コード', 'missing'],
    [{ inquirer: '32201' }, '情報照会者機関コード', 'wrong_width'],
    [{ inquirer: '0220113112101700' }, '情報照会者機関コード', 'wrong_form'],
    [{ nonDisclosable: 'x' }, '照会側不開示コード', 'wrong_form'],
    [{ affair: 'TM01000000121000' }, '事務コード', 'wrong_form'],
    [{ affair: '' }, '事務コード', 'missing'],
    [{ procedure: 'JM01000000121000' }, '事務手続コード', 'wrong_form'],
    [{ inquirerFor: '11202           ' }, '情報照会者機関コード(委任元)', 'not_simulated'],
    [{ providerFor: '32201           ' }, '情報提供者機関コード(委任元)', 'not_simulated'],
    [{ provider: '1120\u0000           ' }, '情報提供者機関コード', 'control_character'],
    [{ provider: '\uFEFF11202          ' }, '情報提供者機関コード', 'control_character'],
    [{ information: 'TM0100000012100\r' }, '特定個人情報名コード', 'control_character'],
    [{ information: 'TM01000000121000 ' }, '特定個人情報名コード', 'wrong_width'],
    [{ year: '1' }, '照会年度区分', 'not_simulated'],
    [{ from: '20260230' }, '照会開始日付', 'no_such_date'],
    [{ until: '20261301' }, '照会終了日付', 'no_such_date'],
    [{ until: '20250331' }, '照会終了日付', 'ends_before_it_begins'],
    [{ from: '2025-4-1' }, '照会開始日付', 'wrong_form'],
    [{ user: '担当者'.padEnd(20) }, '情報照会者ユーザーID', 'wrong_form'],
  ] as const)('%j: %s %s', (change, column, problem) => {
    const { findings = [] } = readFixed(withCells(change)) ?? {};
    expect(findings).toMatchObject([{ column, problem }]);
  });

  test('all mistakes of a row are told', () => {
    const { findings } = readFixed(withCells({ inquirer: 'x', from: '20260230', year: '2' })) ?? {};
    expect(findings?.map(({ problem }) => problem)).toEqual([
      'wrong_form',
      'not_simulated',
      'no_such_date',
    ]);
  });

  test('a row that is too short or too long', () => {
    for (const cells of [cellsOf(good).slice(1), [...cellsOf(good), ''], ['x'], ['']]) {
      expect(readFixed(cells)?.findings).toMatchObject([{ problem: 'wrong_column_count' }]);
    }
  });

  test('a header is passed over wherever a further part of a split file begins with it', () => {
    const header = KEYS.map((key) => COLUMNS[key].name).map((name) =>
      name === '事務手続コード' ? '事務手続きコード' : name.replace('(', '（'),
    );
    const reader = new RowsReader();
    expect(reader.read(header)).toBeUndefined();
    expect(reader.read(cellsOf(good))?.row).toEqual(askOf(good));
    expect(reader.read(header)).toBeUndefined();
    expect(reader.read(cellsOf(good))?.row).toEqual(askOf(good));
  });
});

describe('file with a header of its own', () => {
  const read = (header: readonly string[], ...cells: string[]) => {
    const reader = new RowsReader();
    const first = reader.read(header);
    return first ?? reader.read(cells);
  };

  test('columns in any order, names or codes, in Japanese or English', () => {
    const ask = {
      integratedAddressNumber: '118835941569204',
      provider: '11202',
      affair: affairCode('予防接種'),
      information: informationCode('記録'),
      period: { from: '2025-04-01' },
    };
    expect(
      read(
        ['特定個人情報', '情報提供者', '統合宛名番号', '事務', '開始日', '終了日'],
        '記録',
        '11202',
        '118835941569204',
        '予防接種',
        '20250401',
        '',
      )?.row,
    ).toEqual({ ask });
    expect(
      read(
        ['Provider', 'person', 'affair', 'information', 'from'],
        '11202',
        '118835941569204',
        ask.affair,
        ask.information,
        '2025-04-01',
      )?.row,
    ).toEqual({ ask });
    const { affair: _, ...rest } = ask;
    expect(
      read(FRIENDLY_HEADER, '118835941569204', '25', '', '11202', '記録', '2025-04-01', '')?.row,
    ).toEqual({ ask: { ...rest, item: '25' } });
  });

  test.each([
    [['統合宛名番号', '情報提供者', '特定個人情報'], [['column_missing', '事務, 項']]],
    [
      ['統合宛名番号', '統合宛名番号', '項', '情報提供者', '情報'],
      [
        ['column_twice', '2'],
        ['unknown_column', '5'],
        ['column_missing', '特定個人情報'],
      ],
    ],
  ])('the header %j', (header, problems) => {
    const reader = new RowsReader();
    expect(reader.read(header)?.findings?.map(({ problem, column }) => [problem, column])).toEqual(
      problems,
    );
    // Nothing can be said of the rows below.
    expect(reader.read(header.map(() => 'x'))?.findings).toEqual([]);
  });

  test.each([
    [
      ['１１８８３５９４１５６９２０４', '25', '', '11202', '記録', '', ''],
      '統合宛名番号',
      'full_width',
    ],
    [['123456789018', '25', '', '11202', '記録', '', ''], '統合宛名番号', 'individual_number'],
    [['118835941569204', '', '', '11202', '記録', '', ''], '事務, 項', 'missing'],
    [['118835941569204', '25項', '', '11202', '記録', '', ''], '項', 'wrong_form'],
    [['118835941569204', '25', '', '熊谷市', '記録', '', ''], '情報提供者', 'wrong_form'],
    [
      ['118835941569204', '25', '', '11202', 'あ'.repeat(1001), '', ''],
      '特定個人情報',
      'wrong_form',
    ],
    [['118835941569204', '25', '', '11202', '記録', '2026-02-30', ''], '開始日', 'no_such_date'],
    [
      ['118835941569204', '25', '', '11202', '記録', '2026-02-02', '2026-02-01'],
      '終了日',
      'ends_before_it_begins',
    ],
  ] as const)('%j', (cells, column, problem) => {
    expect(read(FRIENDLY_HEADER, ...cells)?.findings).toMatchObject([{ column, problem }]);
  });
});

test('whatever the cells are, the reader answers, and never with what stands in them', () => {
  const anything = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 });
  const cells = fc.array(anything, { minLength: 1, maxLength: 20 });
  const rows = fc.array(fc.oneof(cells, row.map(cellsOf), fc.constant([...FRIENDLY_HEADER])), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(rows, (records) => {
      const reader = new RowsReader();
      for (const record of records) {
        const reading = reader.read(record);
        for (const { column = '', ja, en } of reading?.findings ?? []) {
          const own = (it: string) => it.trim().length > 5 && !FRIENDLY_HEADER.includes(it);
          for (const cell of record.filter(own)) {
            expect(`${column}\n${ja}\n${en}`).not.toContain(cell);
          }
        }
      }
    }),
  );
});
