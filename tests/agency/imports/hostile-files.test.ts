import { encode } from 'iconv-lite';
import { afterEach, describe, expect, test } from 'vitest';
import type { CopyImport, ImportOrder } from '../../../src/agency/core/copies/imports/ports.ts';
import { compileLayouts } from '../../../src/protocol/layouts/compile.ts';
import { informationCode } from '../../../src/protocol/permission/codes.ts';
import { fc } from '../../support/property.ts';
import { file, HEADER, keeperOn, person, TAX, tax } from './keeper.ts';

// Whatever a file is: a report, never a crash, never a partial effect.

let keeper = keeperOn();
afterEach(async () => {
  await keeper.settled();
  await keeper.close();
  keeper = keeperOn();
});

const held = () => keeper.read.copiesAfter(undefined, 1_000_000);
const told = ({ id, state, mistakes }: CopyImport) => ({
  state,
  mistakes,
  findings: keeper.read
    .importFindings(id)
    .map(({ line, column, problem }) => [line, column, problem].filter((it) => it !== undefined)),
});

/** Takes a file that has to be refused, and sees to it that nothing of it is anywhere. */
async function refused(content: string | Uint8Array, order: Partial<ImportOrder> = {}) {
  await keeper.take(file(tax(1, 2024)));
  const before = held();
  const ended = told(await keeper.take(content, order));
  await keeper.settled();
  expect(ended.state).toBe('refused');
  expect(held()).toEqual(before);
  expect(keeper.read.stagedPersons(0, 10)).toEqual([]);
  return ended.findings;
}

const RIGHT = tax(1, 2024, 777);
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const huge = 'x'.repeat(10_000_000);

describe('a file that is none', () => {
  test.each<[string, string | Uint8Array, unknown[]]>([
    ['empty', '', [[1, 'empty_file']]],
    ['a byte order mark and nothing', '\uFEFF', [[1, 'empty_file']]],
    ['line breaks only', '\r\n\r\n', [[1, 'empty_file']]],
    ['a header only', file(), [[1, 'no_rows']]],
    ['a header without line break', HEADER, [[1, 'no_rows']]],
    [
      'no header',
      `${RIGHT}\r\n`,
      [
        ...Array.from({ length: 7 }, (_, at) => [1, String(at + 1), 'column_unknown']),
        ...HEADER.split(',').map((name) => [1, name, 'column_missing']),
      ],
    ],
    [
      'UTF-16 with its mark',
      Buffer.from(`\uFEFF${file(RIGHT)}`, 'utf16le'),
      [[1, '1', 'wrong_encoding']],
    ],
    [
      'UTF-16 without',
      Buffer.from('a,b\r\n', 'utf16le'),
      expect.arrayContaining([[1, '統合宛名番号', 'column_missing']]) as never,
    ],
    ['Shift_JIS as UTF-8', encode(file(RIGHT), 'Shift_JIS'), [[1, '1', 'wrong_encoding']]],
    [
      'random bytes',
      Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251),
      [[1, expect.any(String), 'wrong_encoding']],
    ],
    ['NUL bytes', new Uint8Array(100_000), [[1, '1', 'record_too_large']]],
  ])('%s', async (_, content, findings) => {
    expect(await refused(content)).toEqual(findings);
  });

  test('UTF-8 told as Shift_JIS, with a mark and without', async () => {
    const order = { encoding: 'shift_jis' };
    expect(await refused(`\uFEFF${file(RIGHT)}`, order)).toEqual([[1, '1', 'wrong_encoding']]);
    const findings = await refused(file(RIGHT), order);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('a file that breaks off where nothing can be made of it', () => {
  test.each<[string, string | Uint8Array, unknown[]]>([
    ['a quote that never closes', file(RIGHT, `"${person(2)}`), [[3, '1', 'quote_not_closed']]],
    ['a quote inside a cell', file(RIGHT, `${person(2)},2"024`), [[3, '2', 'quote_misplaced']]],
    ['text behind a quote', file(RIGHT, `"${person(2)}"x,2024`), [[3, '1', 'quote_misplaced']]],
    ['a cell of 10 MB', file(RIGHT, `${person(2)},${huge}`, RIGHT), [[3, '2', 'record_too_large']]],
    [
      'a quoted cell of 10 MB',
      file(RIGHT, `${person(2)},"${huge}"`, RIGHT),
      [[3, '2', 'record_too_large']],
    ],
    ['a header of 10 MB', `${HEADER},${huge}\n${RIGHT}`, [[1, '8', 'record_too_large']]],
    [
      'a broken character',
      Buffer.concat([
        utf8(file(RIGHT)),
        utf8(person(2)),
        Uint8Array.of(0x2c, 0xff),
        utf8(`\r\n${RIGHT}`),
      ]),
      [[3, '2', 'wrong_encoding']],
    ],
    [
      'a character cut off at the end',
      Buffer.concat([utf8(file(RIGHT)), Uint8Array.of(0xe3, 0x81)]),
      [[3, '1', 'wrong_encoding']],
    ],
  ])('%s, even if what is right is to be taken', async (_, content, findings) => {
    expect(await refused(content)).toEqual(findings);
    expect(await refused(content, { partial: true })).toEqual(findings);
  });
});

describe('headers', () => {
  const headed = (header: string, row = RIGHT) => `${header}\r\n${row}\r\n`;
  test.each<[string, string, unknown[]]>([
    [
      'a heading twice',
      headed(`${HEADER},課税年度`, `${RIGHT},2024`),
      [[1, '課税年度', 'column_repeated']],
    ],
    [
      'a heading that nobody knows',
      headed(`${HEADER},備考`, `${RIGHT},1`),
      [[1, '8', 'column_unknown']],
    ],
    [
      'an item that is missing',
      headed(HEADER.replace(',扶養人数', ''), RIGHT.slice(0, -2)),
      [[1, '扶養人数', 'column_missing']],
    ],
    [
      'half-width letters in a heading',
      headed(HEADER.replace('扶養', 'ﾌﾖｳ')),
      [
        [1, '7', 'column_unknown'],
        [1, '扶養人数', 'column_missing'],
      ],
    ],
    [
      'a blank before a heading',
      headed(HEADER.replace(',課税年度', ', 課税年度')),
      [
        [1, '2', 'column_unknown'],
        [1, '課税年度', 'column_missing'],
      ],
    ],
    [
      'nobody named: rows are not looked at',
      headed(HEADER.replace('統合宛名番号', '宛名番号'), 'x'),
      [
        [1, '1', 'column_unknown'],
        [1, '統合宛名番号', 'column_missing'],
      ],
    ],
    ['another file’s columns when copies are deleted', '', []],
  ])('%s', async (name, content, findings) => {
    if (name.startsWith('another')) {
      expect(await refused(file(RIGHT), { mode: 'delete' })).toEqual(
        ['2', '3', '4', '5', '6', '7'].map((at) => [1, at, 'column_not_for_deleting']),
      );
    } else expect(await refused(content)).toEqual(findings);
  });

  test('columns may stand in any order, and what is wrong in rows is told beside the header’s', async () => {
    const names = HEADER.split(',').reverse();
    const cells = RIGHT.split(',').reverse();
    expect(await keeper.take(`${names}\n${cells}\n`)).toMatchObject({ state: 'applied', added: 1 });
    expect(
      await refused(`${names},備考\n${cells.join(',').replace('2024', '２０２４')},\n`),
    ).toEqual([
      [1, '8', 'column_unknown'],
      [2, '課税年度', 'full_width_digits'],
    ]);
  });
});

describe('rows', () => {
  test.each<[string, string, unknown[]]>([
    ['a short one', `${person(2)},2024`, [[2, 'row_short']]],
    ['a long one', `${RIGHT},`, [[2, 'row_long']]],
    [
      'blanks only',
      '   ',
      [
        [2, 'row_short'],
        [2, '統合宛名番号', 'not_address_number'],
      ],
    ],
    ['a person of 14 digits', RIGHT.slice(1), [[2, '統合宛名番号', 'not_address_number']]],
    [
      'an individual number instead',
      RIGHT.replace(person(1), '123456789018'),
      [[2, '統合宛名番号', 'individual_number']],
    ],
    [
      'full-width digits',
      RIGHT.replace('2024', '２０２４'),
      [[2, '課税年度', 'full_width_digits']],
    ],
    ['a formula', RIGHT.replace('2024', '=2024'), [[2, '課税年度', 'not_year']]],
    ['NUL in a cell', RIGHT.replace('2024', '20\u000024'), [[2, '課税年度', 'not_year']]],
    ['CR alone between rows', `${RIGHT}\r${RIGHT}`, [[2, 'row_long']]],
    ['a line break in quotes', RIGHT.replace('2024', '"20\r\n24"'), [[2, '課税年度', 'not_year']]],
    ['nothing in what is required', RIGHT.replace('2024', ''), [[2, '課税年度', 'required']]],
    ['the same key twice', `${RIGHT}\r\n${RIGHT}`, [[3, 'duplicate_key']]],
    [
      'the same key twice, apart',
      `${RIGHT}\r\n${tax(2, 2024)}\r\n${tax(1, 2023)}\r\n${RIGHT}`,
      [[5, 'duplicate_key']],
    ],
    [
      'all that is wrong, in one row',
      `x,24,1.5,,９,-1,100`,
      [
        [2, '統合宛名番号', 'not_address_number'],
        [2, '課税年度', 'not_year'],
        [2, '合計所得金額', 'not_integer'],
        [2, '総所得金額等', 'required'],
        [2, '所得割額', 'full_width_digits'],
        [2, '均等割額', 'too_small'],
        [2, '扶養人数', 'too_large'],
      ],
    ],
  ])('%s', async (_, rows, findings) => {
    expect(await refused(`${HEADER}\r\n${rows}\r\n`)).toEqual(findings);
  });

  test('mixed line ends, quotes and empty lines are all right, and lines are counted as they are', async () => {
    const mixed = `\uFEFF${HEADER}\n\r\n"${person(1)}",2024,1,1,"",,\r\n\n${tax(2, 2024)}\n${person(3)},x,,,,,`;
    expect(await refused(mixed)).toEqual([
      [6, '課税年度', 'not_year'],
      [6, '合計所得金額', 'required'],
      [6, '総所得金額等', 'required'],
    ]);
  });

  test('an individual number, where an agency’s own layout has one, with a wrong check digit', async () => {
    const items = [{ name: '個人番号', type: 'individual_number', required: true }] as const;
    const own = { information: ['試験情報'], version: 'T-1', key: [], items };
    const other = keeperOn(':memory:', undefined, compileLayouts([own]));
    const numbers = ['123456789018', '123456789012', '12345678901', '１２３４５６７８９０１８', ''];
    const rows = numbers.map((number, at) => `${person(at)},${number}`);
    const order = { information: informationCode('試験情報'), layoutVersion: 'T-1' };
    const { id, state } = await other.take(['統合宛名番号,個人番号', ...rows].join('\n'), order);
    const findings = other.read.importFindings(id).map(({ line, problem }) => [line, problem]);
    expect([state, findings]).toEqual([
      'refused',
      [
        [3, 'check_digit'],
        [4, 'not_individual_number'],
        [5, 'full_width_digits'],
        [6, 'required'],
      ],
    ]);
    await other.settled();
    await other.close();
  });

  test('more rows in one copy than an answer holds', async () => {
    const payee = keeper.node.layouts.all.find(({ key }) => key.length === 0);
    const names = payee?.items.map(({ item }) => item.name).join(',');
    const rows = Array.from(
      { length: 15_000 },
      () => `${person(1)},0000,000,普通,0000001,2024-01-01`,
    );
    const order = { information: payee?.information ?? '' };
    const findings = await refused([`統合宛名番号,${names}`, ...rows].join('\n'), order);
    expect(findings).toEqual([[expect.any(Number), 'copy_too_large']]);
  });

  test('a file wrong in every line: ten thousand mistakes are listed, all are counted by kind', async () => {
    const rows = Array.from({ length: 8000 }, (_, at) => `${person(at)},x,1,1,1,1,y`);
    const ended = await keeper.take(file(...rows));
    expect(told(ended)).toMatchObject({ state: 'refused', mistakes: 16_000 });
    expect(keeper.read.importFindings(ended.id)).toHaveLength(10_000);
    expect(ended.kinds.map(({ problem, column, count }) => [problem, column, count])).toEqual([
      ['not_year', '課税年度', 8000],
      ['not_integer', '扶養人数', 8000],
    ]);
    expect(ended).toMatchObject({ rows: 8000, persons: 0, personsWithMistakes: 8000 });
  });
});

test('no report tells what stands in the file', async () => {
  const secret = '123456789018';
  const rows = [
    `${secret},${secret},${secret}a,=${secret},"${secret}\n",,${secret},${secret}`,
    `${person(1)},${secret}`,
  ];
  const ended = await keeper.take(`${HEADER},${secret}\n${rows.join('\n')}\n`);
  expect(ended.mistakes).toBeGreaterThan(5);
  const report = JSON.stringify([
    ended,
    keeper.read.importFindings(ended.id),
    keeper.read.operations(0, 10),
  ]);
  expect(report).not.toContain(secret);
});

test('whatever is done to the bytes of a right file: all of it, or a report and nothing', async () => {
  const right = [
    file(...Array.from({ length: 12 }, (_, at) => tax(1 + (at % 5), 2010 + at))),
    file(tax(9, 2024)),
  ];
  const bits = fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.uint8Array({ maxLength: 6 }) });
  const text = fc.constantFrom(',', '"', '\n', '\r', '\0', '１', '=', '\uFEFF', '-', '2024');
  const put = fc.record({
    at: fc.nat(),
    cut: fc.nat(3),
    put: text.map((it) => new Uint8Array(Buffer.from(it))),
  });
  await keeper.take(file(tax(1, 2000), tax(2, 2000)));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...right),
      fc.array(fc.oneof(bits, put), { maxLength: 4 }),
      fc.integer({ min: 1, max: 900 }),
      fc.boolean(),
      async (content, changes, piece, partial) => {
        let bytes = Buffer.from(content);
        for (const { at, cut, put: added } of changes) {
          const from = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + cut)]);
        }
        const before = held();
        const ended = await keeper.take(new Uint8Array(bytes), { partial, piece });
        const { state, mistakes, added, replaced } = ended;
        expect(['applied', 'refused']).toContain(state);
        if (state === 'refused') expect(held()).toEqual(before);
        if (state === 'refused') expect(mistakes).toBeGreaterThan(0);
        if (!partial) expect(state === 'applied').toBe(mistakes === 0);
        const lines = bytes.toString('latin1').split('\n').length;
        for (const { line } of keeper.read.importFindings(ended.id)) {
          expect(line).toBeLessThanOrEqual(lines);
        }
        expect(added + replaced).toBeLessThanOrEqual(ended.persons);
        expect(keeper.read.copiesAfter(undefined, 100, { information: TAX })).toEqual(held());
      },
    ),
    { numRuns: 250 },
  );
});
