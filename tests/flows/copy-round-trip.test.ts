import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf } from '../../src/agency/core/copies/check-form.ts';
import type { Copy } from '../../src/agency/core/copies/ports.ts';
import { OWN_LAYOUTS, readLayouts } from '../../src/network/layouts/read-folder.ts';
import { KINDS } from '../../src/network/world/layouts.ts';
import type { Form } from '../../src/protocol/layouts/compile.ts';
import { type ItemForm, type Value, Wrong } from '../../src/protocol/layouts/item-form.ts';
import type { Encoding } from '../../src/protocol/node-api/files.ts';
import type { CopyRecord } from '../../src/protocol/plaintext.ts';
import { encoded } from '../../src/service/csv/encode.ts';
import { fc } from '../support/property.ts';
import { KUMAGAYA, type TestNetwork, testNetwork } from '../support/test-network.ts';

// whatever an import takes, an export gives back so that an import takes the same again.

const LAYOUTS = await readLayouts(OWN_LAYOUTS);
const FORMS = LAYOUTS.all.filter(({ name }) => name !== KINDS.pandemicVaccination);

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork({ agencies: [KUMAGAYA], residents: 2 });
});
afterAll(() => net.network.close());

/** Texts that spreadsheets, CSV readers and encodings stumble over. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    ...[
      '"',
      '""',
      ',',
      "'",
      ' 前後の空白 ',
      '\t',
      'a,b"c',
      '0012',
      '1e5',
      '-0',
      'TRUE',
      '０',
      '～',
      '〜',
    ],
    ...[
      '−',
      '－',
      '―',
      '‖',
      '¥',
      '\\',
      '①',
      '㈱',
      '髙',
      '﨑',
      'ｱﾞ',
      'ソ表噂',
      '𠮷',
      '辻󠄀',
      'é',
      '=1',
      '@x',
      '+',
      '\ufeff',
    ],
  ),
);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer(),
  fc.constantFrom(0, 0.5, 0.001, 999999999999, 2026),
);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((it) => it.toISOString().slice(0, 10));

/** Some value that the item’s form takes. */
function valueFor({ item, check }: ItemForm): fc.Arbitrary<Value> {
  const takes = (value: Value) => check(value) === undefined;
  const codes = 'codes' in item ? item.codes : [];
  const plain = [null, 0, 1, '0', 'A', 'ア', 'あ', ...codes, '2020-01-31', '2020-01', 2020];
  const any = { text, integer: number, decimal: number, code: fc.constantFrom(...codes, null) };
  const days = {
    date: day,
    month: day.map((it) => it.slice(0, 7)),
    year: fc.integer({ min: 1900, max: 2100 }),
  };
  const some: Readonly<Record<string, fc.Arbitrary<Value>>> = { ...any, ...days };
  const drawn = fc.oneof(fc.constant(null), { arbitrary: some[item.type] ?? text, weight: 4 });
  return drawn.map((value) => (takes(value) ? value : (plain.find(takes) ?? null)));
}

const recordsOf = (form: Form): fc.Arbitrary<CopyRecord[]> => {
  const values = Object.fromEntries(form.items.map((each) => [each.item.name, valueFor(each)]));
  return fc.array(fc.record(values), { minLength: 1, maxLength: 3 }).map((drawn) => {
    const keyOf = (record: CopyRecord) =>
      form.keyOf(form.items.map(({ item }) => record[item.name] ?? null));
    return [...new Map(drawn.map((record, at) => [keyOf(record) ?? String(at), record])).values()];
  });
};
const DAYS = ['0001-01-01', '2026-04-01', '2026-11-22', '2027-04-01'];
const held = fc.constantFrom(...FORMS).chain((form) =>
  fc.record({
    form: fc.constant(form),
    copies: fc.array(
      fc.record({
        person: fc.integer({ min: 0, max: 4 }).map((it) => String(it * 111).padStart(15, '0')),
        published: fc.constantFrom(...DAYS),
        ends: fc.option(fc.nat(2), { nil: undefined }),
        records: recordsOf(form),
        autoResponseDisabled: fc.boolean(),
        nonDisclosable: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
);

const store = () => net.network.agency(KUMAGAYA).node.store;
const copiesOf = ({ information }: Form) =>
  store().read.copiesAfter(undefined, 10_000, { information });
const ask = (path: string, query: object, init: RequestInit = {}) =>
  fetch(`${net.url(KUMAGAYA)}/v1/copies/${path}?${new URLSearchParams({ ...query })}`, {
    ...init,
    headers: { authorization: `Bearer ${net.token(KUMAGAYA, 'tanto')}`, ...init.headers },
  });
const empty = (form: Form) =>
  store().transact((tx) => {
    for (const copy of tx.copiesAfter(undefined, 10_000, { information: form.information }))
      tx.deleteCopy(copy);
  });

async function roundTrip(form: Form, encoding: Encoding): Promise<'came back' | 'refused'> {
  const before = copiesOf(form);
  const kind = { information: form.information, layout: form.version };
  const response = await ask('export', { ...kind, encoding, versions: 'all' });
  const texts = before.flatMap(({ records }) => JSON.parse(records).flatMap(Object.values));
  const fits = texts.every((each: Value) => encoded(String(each), encoding) !== undefined);
  expect(response.status).toBe(fits ? 200 : 400);
  if (!fits) return 'refused';
  const body = await response.bytes();
  const type = { 'content-type': `text/csv;charset=${encoding}` };
  const send = async () =>
    await (await ask('imports', kind, { method: 'POST', body, headers: type })).json();
  const rows = before.reduce((sum, { records }) => sum + JSON.parse(records).length, 0);
  expect(await send()).toMatchObject({
    state: 'applied',
    rows,
    added: 0,
    replaced: 0,
    unchanged: before.length,
  });
  expect(copiesOf(form)).toEqual(before);
  await empty(form);
  expect(await send()).toMatchObject({ state: 'applied', rows, added: before.length });
  expect(copiesOf(form)).toEqual(before);
  return 'came back';
}

test.each(['utf-8', 'shift_jis'] as const)(
  'property: %s, exported and imported, every cell of every layout is as it was',
  async (encoding) => {
    const ends = { 'came back': 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(held, async ({ form, copies }) => {
        await empty(form);
        await store().transact((tx) => {
          for (const { person, ends: length, records, ...it } of copies) {
            const ended =
              length === undefined
                ? undefined
                : DAYS.filter((each) => each >= it.published)[length];
            const copy: Copy = {
              ...{ integratedAddressNumber: person, information: form.information, ...it, ended },
              ...{ layoutVersion: form.version, datedBy: form.datedBy },
              records: `[${records.map((record) => form.json(form.items.map(({ item }) => record[item.name] ?? null))).join(',')}]`,
            };
            tx.putCopy(copy);
          }
        });
        ends[await roundTrip(form, encoding)] += 1;
      }),
      { numRuns: 30 },
    );
    expect(ends['came back']).toBeGreaterThan(5);
    if (encoding === 'utf-8') expect(ends.refused).toBe(0);
  },
);

test('what is drawn above has the form of its layout, and is not all the same', () => {
  const forms = new Set<string>();
  let records = 0;
  fc.assert(
    fc.property(held, ({ form, copies }) => {
      forms.add(`${form.name} ${form.version}`);
      for (const record of copies.flatMap((copy) => copy.records)) {
        records += 1;
        for (const { item, check } of form.items) {
          const problem = check(record[item.name]);
          expect(
            problem,
            `${item.name} ${problem instanceof Wrong ? problem.reason : ''}`,
          ).toBeUndefined();
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(forms.size).toBe(FORMS.length);
  expect(records).toBeGreaterThan(200);
  expect(formOf(LAYOUTS, FORMS[0]?.information ?? '', FORMS[0]?.version ?? '')).toBe(FORMS[0]);
});
