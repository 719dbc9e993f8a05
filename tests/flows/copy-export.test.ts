import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KINDS } from '../../src/network/world/layouts.ts';
import type { Encoding } from '../../src/protocol/node-api/files.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { decoded } from '../../src/service/csv/decode.ts';
import { readCsv } from '../../src/service/csv/read-csv.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

const PATH = '/v1/copies/export';
const INFORMATION = informationCode(VACCINATION);
const FIVE = ['統合宛名番号', '自動応答不可フラグ', '不開示', '公開日', '終了日'];

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork({ residents: 64 });
});
afterAll(() => net.network.close());

const as = (who: string) => ({ token: net.token(KUMAGAYA, who) });
const refused = (query: object, who = 'tanto') =>
  net.get(KUMAGAYA, `${PATH}?${new URLSearchParams({ ...query })}`, as(who));
async function exported(query: object): Promise<Uint8Array> {
  const url = `${net.url(KUMAGAYA)}${PATH}?${new URLSearchParams({ ...query })}`;
  const headers = { authorization: `Bearer ${net.token(KUMAGAYA, 'tanto')}` };
  const response = await fetch(url, { headers });
  expect(response.status).toBe(200);
  return await response.bytes();
}
async function rowsOf(bytes: Uint8Array, encoding: Encoding = 'utf-8'): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of readCsv(decoded([bytes], encoding))) rows.push([...cells]);
  return rows;
}
const world = () =>
  (net.network.world.agencies.get(KUMAGAYA)?.copies ?? []).filter(
    ({ information }) => information === VACCINATION,
  );
const CSV = { information: VACCINATION, layout: 'K-1' };

describe('R-206: copies are exported for comparison with their originals', () => {
  test('a row for each record, in the columns that an import takes, in the order of persons', async () => {
    const [header = [], ...rows] = await rowsOf(await exported(CSV));
    const items = Object.keys(world()[0]?.records[0] ?? {});
    expect(header).toEqual([...FIVE, ...items]);
    const expected = world()
      .toSorted((one, other) =>
        one.integratedAddressNumber < other.integratedAddressNumber ? -1 : 1,
      )
      .flatMap(({ integratedAddressNumber, records, autoResponseDisabled, nonDisclosable }) =>
        records.map((record) => [
          integratedAddressNumber,
          autoResponseDisabled ? '1' : '0',
          nonDisclosable ? '1' : '0',
          '0001-01-01',
          '',
          ...items.map((item) => String(record[item] ?? '')),
        ]),
      );
    expect(rows).toEqual(expected);
    expect(rows.length).toBeGreaterThan(100);
  });

  test('R-211: in Shift_JIS the same characters come out, and one that it does not have is told beforehand', async () => {
    const somebody = net.somebody('ordinary');
    const [record] = somebody.copy?.records ?? [];
    const odd = 'ソ表噂～－①㈱髙﨑ﾊﾝｶｸ';
    await net.putCopy(KUMAGAYA, somebody, { records: [{ ...record, 備考: odd }] });
    const sjis = await rowsOf(await exported({ ...CSV, encoding: 'shift_jis' }), 'shift_jis');
    expect(sjis).toEqual(await rowsOf(await exported(CSV)));
    expect(sjis.flat()).toContain(odd);
    for (const one of ['𠮷野家', '〜', 'a\u00a5b', '辻󠄀']) {
      await net.putCopy(KUMAGAYA, somebody, { records: [{ ...record, 備考: one }] });
      const reply = await refused({ ...CSV, encoding: 'shift_jis' });
      expectProblem(reply, 'message_malformed');
      expect(reply.json).toMatchObject({ person: somebody.numberThere });
      expect((await rowsOf(await exported(CSV))).flat()).toContain(one);
    }
    await net.putCopy(KUMAGAYA, somebody, {});
  });

  test('what is in force today, or every version; each with its days and flags', async () => {
    const somebody = net.somebody('ordinary');
    const rowFor = async (versions: string) =>
      (await rowsOf(await exported({ ...CSV, versions })))
        .filter(([person]) => person === somebody.numberThere)
        .map((cells) => cells.slice(1, 5));
    const [record] = somebody.copy?.records ?? [];
    const put = (change: object) =>
      net.putCopy(KUMAGAYA, somebody, { records: [{ ...record }], ...change });
    await put({});
    await put({ published: '2026-04-01', nonDisclosable: true, ended: '2027-04-01' });
    await put({ published: '2027-04-01', autoResponseDisabled: true });
    const current = ['0', '1', '2026-04-01', '2027-04-01'];
    expect(await rowFor('in-force')).toEqual([current]);
    expect(await rowFor('all')).toEqual([
      ['0', '0', '0001-01-01', ''],
      current,
      ['1', '0', '2027-04-01', ''],
    ]);
    await put({ published: '2026-04-01', ended: '2026-04-02' });
    expect(await rowFor('in-force')).toEqual([]);
  });

  test('JSON lines hold a copy each, whatever its layout', async () => {
    const text = Buffer.from(
      await exported({ information: VACCINATION, format: 'jsonl', versions: 'all' }),
    ).toString();
    const copies = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const held = net.network
      .agency(KUMAGAYA)
      .node.store.read.copiesAfter(undefined, 10_000, { information: INFORMATION })
      .map(({ records, datedBy: _, ...copy }) =>
        JSON.parse(JSON.stringify({ ...copy, records: JSON.parse(records) })),
      );
    expect(copies).toEqual(held);
    expect(copies.length).toBeGreaterThan(10);
  });

  test('a layout is told where there are several, and one that is not there is refused', async () => {
    expectProblem(await refused({ information: VACCINATION }), 'message_malformed');
    expectProblem(await refused({ information: VACCINATION, layout: 'K-9' }), 'message_malformed');
    expectProblem(await refused({ information: '知らない情報' }), 'message_malformed');
    expectProblem(await refused({ ...CSV, encoding: 'ebcdic' }), 'message_malformed');
    expectProblem(await refused({ ...CSV, format: 'xlsx' }), 'message_malformed');
    expect(await rowsOf(await exported({ information: KINDS.localTax }))).not.toEqual([]);
  });

  test('R-606: no individual number leaves, whatever a copy may hold', async () => {
    const numbers = (net.network.world.agencies.get(KUMAGAYA)?.persons ?? []).map(
      ({ individualNumber }) => individualNumber,
    );
    const text = Buffer.from(await exported(CSV)).toString();
    expect(numbers.filter((number) => text.includes(number))).toEqual([]);
    // Past all that keeps it out.
    const somebody = net.somebody('ordinary');
    const [record] = somebody.copy?.records ?? [];
    const [number] = numbers;
    await net.putCopy(KUMAGAYA, somebody, { records: [{ ...record, 備考: `番号 ${number}` }] });
    const reply = await refused({ ...CSV, encoding: 'shift_jis' });
    expectProblem(reply, 'state_conflict');
    expect(reply.text).not.toContain(number);
    await expect(exported(CSV)).rejects.toThrow();
    await net.putCopy(KUMAGAYA, somebody, {});
  });

  test('R-204: who took copies out, and of which kind, is in the operation log; others may not', async () => {
    const { read } = net.network.agency(KUMAGAYA).node.store;
    const before = read.operations(0, 1_000_000).length;
    await exported(CSV);
    expect(read.operations(0, 1_000_000).slice(before)).toMatchObject([
      { operation: { actor: 'tanto', operation: 'copies.export', information: INFORMATION } },
    ]);
    for (const who of ['gyomu', 'kanri', 'kansa']) {
      expectProblem(await refused(CSV, who), 'not_authorised');
    }
    const stranger = { token: net.token(MATSUE, 'tanto') };
    expectProblem(await net.get(KUMAGAYA, `${PATH}?information=x`, stranger), 'not_authenticated');
  });
});
