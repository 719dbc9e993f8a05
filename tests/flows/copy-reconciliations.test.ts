import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Encoding } from '../../src/protocol/node-api/files.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { decoded } from '../../src/service/csv/decode.ts';
import { encoded } from '../../src/service/csv/encode.ts';
import { readCsv } from '../../src/service/csv/read-csv.ts';
import { csvText } from '../../src/service/csv/write-csv.ts';
import { call } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

const PATH = '/v1/copies/reconciliations';
const INFORMATION = informationCode(VACCINATION);
const QUERY = new URLSearchParams({ information: VACCINATION, layout: 'K-1' });
const DAY = 24 * 60 * 60 * 1000;

let net: TestNetwork;
/** The originals as the business system has them, in the columns of an import: header first. */
let originals: string[][];
beforeAll(async () => {
  net = await testNetwork({ residents: 64 });
  const url = `${net.url(KUMAGAYA)}/v1/copies/export?${QUERY}`;
  const headers = { authorization: `Bearer ${net.token(KUMAGAYA, 'tanto')}` };
  const bytes = await (await fetch(url, { headers })).bytes();
  originals = [];
  for await (const { cells } of readCsv(decoded([bytes], 'utf-8'))) originals.push([...cells]);
});
afterAll(() => net.network.close());

const as = (who: string) => ({ token: net.token(KUMAGAYA, who) });
const send = (text: string, who = 'tanto', charset = 'utf-8', query: unknown = QUERY) =>
  call(`${net.url(KUMAGAYA)}${PATH}?${query}`, text, {
    ...as(who),
    headers: { 'content-type': `text/csv;charset=${charset}` },
  });
const reconcile = (rows: readonly (readonly string[])[], encoding: Encoding = 'utf-8') =>
  post(encoded(csvText(rows), encoding) ?? new Uint8Array(), encoding);
async function post(bytes: Uint8Array, encoding: Encoding, who = 'tanto') {
  const headers = {
    authorization: `Bearer ${net.token(KUMAGAYA, who)}`,
    'content-type': `text/csv;charset=${encoding}`,
  };
  const url = `${net.url(KUMAGAYA)}${PATH}?${QUERY}`;
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
  return (await response.json()) as Record<string, unknown> & { id: string };
}
const differences = async (id: string, query = '') =>
  (await net.get(KUMAGAYA, `${PATH}/${id}/differences${query}`, as('tanto'))).json.differences as {
    kind: string;
    person?: string;
    line?: number;
    items: string[];
  }[];
const status = async () => {
  const { copies } = (await net.get(KUMAGAYA, '/v1/status')).json;
  return (copies as { information: string }[]).find(
    ({ information }) => information === INFORMATION,
  );
};
const column = (name: string) => originals[0]?.indexOf(name) ?? -1;

describe('R-206: originals are reconciled with the copies', () => {
  test('what was exported differs in nothing, in whatever order and encoding; before that, the status tells that nobody looked', async () => {
    expect(await status()).toEqual({ information: INFORMATION });
    const [header = [], ...rows] = originals;
    const persons = new Set(rows.map(([person]) => person)).size;
    const right = {
      originals: rows.length,
      copies: rows.length,
      alike: rows.length,
      persons,
      differences: 0,
    };
    expect(await reconcile(originals)).toMatchObject(right);
    expect(await reconcile([header, ...rows.toReversed()], 'shift_jis')).toMatchObject(right);
    const shuffled = [header, ...rows].map((cells) => cells.toReversed());
    expect(await reconcile(shuffled)).toMatchObject(right);
    expect(await status()).toMatchObject({ ageSeconds: 0, differences: 0 });
  });

  test('drift is told row by row and item by item, and never by value; its age shows in the status', async () => {
    const [header = [], ...rows] = originals.map((cells) => [...cells]);
    const [lot, person] = [column('Lot No'), column('統合宛名番号')];
    const [first = [], second = [], third = []] = rows;
    first[lot] = 'SECRET-1';
    first[column('備考')] = '秘密の値';
    second[column('接種年月日')] = '2026-02-30';
    const added = third.with(column('接種年月日'), '2019-05-01');
    const kept = rows.filter((_, at) => at !== 5);
    const answer = await reconcile([header, ...kept, added]);
    expect(answer).toMatchObject({
      originals: rows.length,
      different: 1,
      missing: 1,
      unreadable: 1,
      // The row that was left out, and the copy of the row that cannot be read.
      surplus: 2,
      differences: 5,
      items: { 'Lot No': 1, 備考: 1 },
      by: 'tanto',
    });
    const listed = await differences(answer.id);
    expect(listed).toContainEqual({
      ...{ place: expect.anything(), kind: 'different', person: first[person], line: 2 },
      ...{ row: expect.anything(), items: ['Lot No', '備考'] },
    });
    expect(listed).toContainEqual({
      ...{ place: expect.anything(), kind: 'unreadable', person: second[person], line: 3 },
      ...{ items: ['接種年月日'], problem: 'no_such_date' },
    });
    expect(listed).toContainEqual(
      expect.objectContaining({ kind: 'missing', person: third[person], line: rows.length + 1 }),
    );
    expect(listed.filter(({ kind }) => kind === 'surplus')).toHaveLength(2);
    const said = JSON.stringify([answer, listed]);
    for (const value of ['SECRET-1', '秘密の値', '2026-02-30']) expect(said).not.toContain(value);

    net.clock.advance(3 * DAY);
    await net.network.maintain();
    expect(await status()).toMatchObject({ ageSeconds: (3 * DAY) / 1000, differences: 5 });
    const text = (await net.get(KUMAGAYA, '/v1/status')).text;
    expect(text).not.toContain(first[person]);
    await reconcile(originals);
    expect(await status()).toMatchObject({ ageSeconds: 0, differences: 0 });
    expect(await differences(answer.id)).toEqual([]);
    const history = await net.get(
      KUMAGAYA,
      `${PATH}?information=${INFORMATION}&limit=2`,
      as('tanto'),
    );
    expect(history.json.reconciliations).toMatchObject([{ differences: 0 }, { differences: 5 }]);
    expect((await net.get(KUMAGAYA, `${PATH}/${answer.id}`, as('tanto'))).json).toEqual(answer);
  });

  test('who compared what, and how much was found, is in the operation log; the list comes in pages', async () => {
    const { read } = net.network.agency(KUMAGAYA).node.store;
    const before = read.operations(0, 1_000_000).at(-1)?.seq ?? 0;
    const [header = []] = originals;
    const { id, surplus } = await reconcile([header]);
    expect(surplus).toBe(originals.length - 1);
    const paged: unknown[] = [];
    for (let after: unknown = -1; after !== undefined; ) {
      const page = await net.get(
        KUMAGAYA,
        `${PATH}/${id}/differences?limit=50&after=${after}`,
        as('tanto'),
      );
      paged.push(...(page.json.differences as unknown[]));
      after = page.json.next;
    }
    expect(paged).toEqual(await differences(id));
    expect(paged).toHaveLength(originals.length - 1);
    expect(read.operations(before, 1)).toMatchObject([
      {
        operation: {
          ...{ actor: 'tanto', operation: 'copies.reconcile', information: INFORMATION },
          count: surplus,
        },
      },
    ]);
  });

  test.each([
    ['nothing at all', () => '', 'empty_file'],
    ['no such column', () => csvText([['統合宛名番号', '秘密の列']]), 'column_unknown'],
    [
      'a column left out',
      () => csvText(originals.map((cells) => cells.slice(0, -1))),
      'column_missing',
    ],
    [
      'no column for the person',
      () => csvText(originals.map((cells) => cells.slice(1))),
      'column_missing',
    ],
    [
      'a quote that is not closed',
      () => `${csvText(originals.slice(0, 2))}"秘密`,
      'quote_not_closed',
    ],
  ])(
    'a file with %s is refused whole, with its findings, and counts for nothing',
    async (_, file, problem) => {
      const before = await status();
      const reply = await send(file());
      expectProblem(reply, 'message_malformed');
      expect(reply.json.findings).toContainEqual(expect.objectContaining({ problem }));
      expect(reply.text).not.toContain('秘密');
      expect(await status()).toEqual(before);
    },
  );

  test('a file in another encoding than was told is refused with the place', async () => {
    const sjis = encoded(csvText(originals), 'shift_jis') ?? new Uint8Array();
    const answer = await post(sjis, 'utf-8');
    expect(answer).toMatchObject({
      code: 'message_malformed',
      findings: [{ problem: 'wrong_encoding' }],
    });
    expectProblem(await send('x', 'tanto', 'ebcdic'), 'message_malformed');
    expectProblem(await send('x', 'tanto', 'utf-8', 'information=x'), 'message_malformed');
    const noLayout = new URLSearchParams({ information: VACCINATION });
    expectProblem(await send('x', 'tanto', 'utf-8', noLayout), 'message_malformed');
  });

  test('rows that are wrong in whatever way are unreadable, one each, and the rest is compared', async () => {
    const [header = [], ...rows] = originals.map((cells) => [...cells]);
    const spoil = (at: number, change: (cells: string[]) => readonly string[]) => {
      rows[at] = [...change(rows[at] ?? [])];
    };
    spoil(0, (cells) => cells.slice(0, 3));
    spoil(1, (cells) => [...cells, '余分']);
    spoil(2, (cells) => cells.with(0, '１２３４５６７８９０１２３４５'));
    spoil(3, (cells) => cells.with(0, '123456789018'));
    spoil(4, (cells) => cells.with(column('備考'), 'a\u0000b'));
    spoil(5, (cells) => cells.with(column('備考'), '=1+1'));
    spoil(6, (cells) => cells.with(column('公開日'), '2026-13-01'));
    spoil(7, (cells) => cells.with(column('不開示'), 'はい'));
    const answer = await reconcile([header, ...rows]);
    expect(answer).toMatchObject({ unreadable: 8, surplus: 8, missing: 0, different: 0 });
    const lines = (await differences(answer.id))
      .filter(({ kind }) => kind === 'unreadable')
      .map(({ line }) => line);
    expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(JSON.stringify(await differences(answer.id))).not.toContain('123456789018');
  });

  test('R-204: only staff of this agency with the role for it', async () => {
    for (const who of ['gyomu', 'kanri', 'kansa']) {
      expectProblem(await send(csvText(originals), who), 'not_authorised');
      expectProblem(await net.get(KUMAGAYA, PATH, as(who)), 'not_authorised');
    }
    const stranger = { token: net.token(MATSUE, 'tanto') };
    expectProblem(await net.get(KUMAGAYA, PATH, stranger), 'not_authenticated');
    for (const place of ['', '/differences']) {
      const path = `${PATH}/${net.newId()}${place}`;
      expectProblem(await net.get(KUMAGAYA, path, as('tanto')), 'not_found');
    }
  });
});
