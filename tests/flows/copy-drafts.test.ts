import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formOf } from '../../src/agency/core/copies/check-form.ts';
import { OWN_LAYOUTS, readLayouts } from '../../src/network/layouts/read-folder.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';

const DAY = 24 * 60 * 60 * 1000;
const PATH = '/v1/copies/drafts';
const INFORMATION = informationCode(VACCINATION);
const LAYOUTS = await readLayouts(OWN_LAYOUTS);
const K_1 = formOf(LAYOUTS, INFORMATION, 'K-1');

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

const as = (who: string) => ({ token: net.token(KUMAGAYA, who) });
const enter = (somebody: Somebody, change: object, who = 'tanto') =>
  net.post(
    KUMAGAYA,
    PATH,
    {
      change: 'put',
      integratedAddressNumber: somebody.numberThere,
      information: VACCINATION,
      ...change,
    },
    as(who),
  );
const show = (id: string, who = 'tanto2') => net.get(KUMAGAYA, `${PATH}/${id}`, as(who));
async function step(name: 'check' | 'approve', id: string, who: string, digest?: unknown) {
  const seen = digest ?? (await show(id, who)).json.digest;
  return net.post(KUMAGAYA, `${PATH}/${id}/${name}`, { digest: seen }, as(who));
}
const idOf = ({ status, json }: Reply): string => {
  expect(status, JSON.stringify(json)).toBe(201);
  return String(json.id);
};
/** A row of K-1 with what it must have. */
const row = (change: object = {}) => ({
  ...Object.fromEntries(K_1.items.map(({ item }) => [item.name, null])),
  ...{
    接種種別: '麻しん風しん混合',
    接種区分: '1回目',
    宛名番号: '1',
    生年月日: '2020-01-31',
    性別: '女',
  },
  ...{ 接種年月日: '2026-04-01', 予診区分: '接種', ...change },
});
/** Entered, checked and approved by three people. */
async function byHand(somebody: Somebody, change: object): Promise<string> {
  const id = idOf(await enter(somebody, change));
  expect((await step('check', id, 'tanto2')).json).toMatchObject({ state: 'checked' });
  expect((await step('approve', id, 'jocho')).json).toMatchObject({ state: 'approved' });
  return id;
}
const held = (somebody: Somebody) =>
  net.network.agency(KUMAGAYA).node.store.read.copyVersions(somebody.numberThere, INFORMATION);
const provided = async (somebody: Somebody) => {
  const { state, answer } = viewOf(await net.inquire(somebody));
  return answer?.records ?? state;
};
const operations = (person: string) =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.operations(0, 1_000_000)
    .map(({ operation }) => operation)
    .filter((each) => each.person === person)
    .map(({ actor, operation, outcome, code }) => [actor, operation, code ?? outcome].join(' '));

describe('R-303: a copy by hand is entered by one, checked by another, approved by a third', () => {
  test('and counts from then on; every step and every look is in the operation log', async () => {
    const somebody = net.somebody('no-copy');
    await net.putCopy(KUMAGAYA, somebody, {});
    await net.network
      .agency(KUMAGAYA)
      .node.store.transact((tx) => held(somebody).map(tx.deleteCopy));
    const records = [row({ 接種種別: 'ＢＣＧ' })];
    const id = idOf(await enter(somebody, { records, layoutVersion: 'K-1' }));
    expect(await provided(somebody)).toBe('no_record');

    const shown = await show(id);
    expect(shown.json).toMatchObject({
      draft: { id, change: 'put', state: 'entered', enteredBy: 'tanto', published: '0001-01-01' },
      after: { records, layoutVersion: 'K-1', nonDisclosable: false },
      differences: [{ kind: 'added', after: 0 }],
    });
    expect(shown.json.before).toBeUndefined();
    expectProblem(await step('approve', id, 'jocho'), 'approval_required');
    expectProblem(await step('check', id, 'tanto'), 'approval_by_same_person');
    expect((await step('check', id, 'tanto2')).json).toMatchObject({ state: 'checked' });
    expect(await provided(somebody)).toBe('no_record');
    expect(held(somebody)).toEqual([]);
    const approved = await step('approve', id, 'jocho');
    expect(approved.json).toMatchObject({
      ...{ state: 'approved', enteredBy: 'tanto', checkedBy: 'tanto2', decidedBy: 'jocho' },
    });
    expect(await provided(somebody)).toEqual(records);
    expect(operations(somebody.numberThere)).toEqual([
      'tanto copies.enter done',
      'tanto2 copies.show done',
      'jocho copies.show done',
      'tanto copies.show done',
      'tanto2 copies.show done',
      'tanto2 copies.check done',
      'jocho copies.show done',
      'jocho copies.approve done',
    ]);
    expectProblem(await step('approve', id, 'jocho'), 'state_conflict');
    expectProblem(await step('check', id, 'tanto2'), 'state_conflict');
  });

  test('two people are not enough, even where one of them is a supervisor', async () => {
    const somebody = net.somebody('ordinary');
    const before = held(somebody);
    const records = [row({ 備考: '誤' })];
    const bySupervisor = idOf(await enter(somebody, { records }, 'jocho'));
    await step('check', bySupervisor, 'tanto');
    expectProblem(await step('approve', bySupervisor, 'jocho'), 'approval_by_same_person');
    const checkedBySupervisor = idOf(await enter(somebody, { records }));
    await step('check', checkedBySupervisor, 'jocho');
    expectProblem(await step('approve', checkedBySupervisor, 'jocho'), 'approval_by_same_person');
    expectProblem(await step('approve', checkedBySupervisor, 'tanto2'), 'not_authorised');
    expect(held(somebody)).toEqual(before);
    // Checked again by somebody else, the last check counts.
    await step('check', checkedBySupervisor, 'tanto2');
    expect((await step('approve', checkedBySupervisor, 'jocho')).status).toBe(200);
  });

  test('a correction shows the difference from the copy in force, and keeps what it does not tell', async () => {
    const somebody = net.somebody('ordinary');
    const rows = [
      row({ 接種種別: '麻しん風しん混合', 'Lot No': 'A1' }),
      row({ 接種種別: 'ＢＣＧ' }),
      row({ 接種種別: '水痘' }),
    ];
    const flags = { autoResponseDisabled: false, nonDisclosable: true };
    await net.putCopy(KUMAGAYA, somebody, { records: rows, layoutVersion: 'K-1', ...flags });
    const corrected = [
      row({ 接種種別: '水痘' }),
      row({ 接種種別: '麻しん風しん混合', 'Lot No': 'A2', 接種量: 0.5 }),
      row({ 接種種別: 'ＢＣＧ', 接種年月日: '2026-04-02' }),
    ];
    const id = idOf(await enter(somebody, { records: corrected }));
    expect((await show(id)).json).toMatchObject({
      before: { records: rows, layoutVersion: 'K-1', ...flags },
      after: { records: corrected, layoutVersion: 'K-1', ...flags },
      differences: [
        { kind: 'changed', before: 0, after: 1, items: ['Lot No', '接種量'] },
        { kind: 'removed', before: 1 },
        { kind: 'added', after: 2 },
      ],
    });
    await step('check', id, 'tanto2');
    await step('approve', id, 'jocho');
    expect(held(somebody)).toMatchObject([{ records: JSON.stringify(corrected), ...flags }]);
  });

  test('only what was checked is approved: after an import in between it is looked at and checked again', async () => {
    const somebody = net.somebody('ordinary');
    const id = idOf(await enter(somebody, { records: [row({ 備考: '訂正' })] }));
    const { digest } = (await show(id)).json;
    await net.putCopy(KUMAGAYA, somebody, { records: [{ 接種種別: '夜間の取込' }] });
    expectProblem(await step('check', id, 'tanto2', digest), 'state_conflict');
    await step('check', id, 'tanto2');
    await net.putCopy(KUMAGAYA, somebody, { records: [{ 接種種別: '次の夜' }] });
    expectProblem(await step('approve', id, 'jocho'), 'state_conflict');
    expectProblem(await step('approve', id, 'jocho', digest), 'state_conflict');
    expect(await provided(somebody)).toEqual([{ 接種種別: '次の夜' }]);
    await step('check', id, 'tanto2');
    expect((await step('approve', id, 'jocho')).status).toBe(200);
    expect(await provided(somebody)).toEqual([row({ 備考: '訂正' })]);
  });

  test('a new version, its end, the end taken back, and its deletion all go this way', async () => {
    await using own = await testNetwork();
    const shared = net;
    net = own;
    try {
      const somebody = net.somebody('ordinary');
      const [before] = held(somebody);
      const next = { published: '2026-11-24', records: [row({ 備考: '次の版' })] };
      await byHand(somebody, next);
      expect(held(somebody)).toHaveLength(2);
      expect(await provided(somebody)).toEqual(JSON.parse(before?.records ?? ''));
      net.clock.advance(2 * DAY);
      await net.network.maintain();
      expect(await provided(somebody)).toEqual(next.records);
      await byHand(somebody, { change: 'end', ended: '2026-11-24' });
      expect(held(somebody)[1]).toMatchObject({ ended: '2026-11-24' });
      expect(await provided(somebody)).toBe('no_record');
      const back = { change: 'end', published: '2026-11-24', ended: null };
      await byHand(somebody, back);
      expect(await provided(somebody)).toEqual(next.records);
      await byHand(somebody, { change: 'delete', published: '2026-11-24' });
      expect(await provided(somebody)).toEqual(JSON.parse(before?.records ?? ''));
      await byHand(somebody, { change: 'delete' });
      expect(await provided(somebody)).toBe('no_record');
      const gone = await enter(somebody, { change: 'delete' });
      expectProblem(gone, 'not_found');
      // What was decided on is erased after thirty days; who and when stays.
      const { drafts } = (await net.get(KUMAGAYA, `${PATH}?state=approved`, as('jocho'))).json;
      const [{ id } = { id: '' }] = drafts as { id: string }[];
      expect((await show(id)).status).toBe(200);
      net.clock.advance(30 * DAY + 1);
      await net.network.maintain();
      expectProblem(await show(id), 'not_found');
      expect((await net.get(KUMAGAYA, `${PATH}?state=approved&limit=1`, as('jocho'))).json).toEqual(
        {
          drafts: [expect.objectContaining({ id, decidedBy: 'jocho', checkedBy: 'tanto2' })],
          next: id,
        },
      );
    } finally {
      net = shared;
    }
  });

  test('whoever looks into it rejects it with a reason, and it never counts', async () => {
    const somebody = net.somebody('ordinary');
    const before = held(somebody);
    const id = idOf(await enter(somebody, { records: [] }));
    const reject = (who: string, reason: unknown) =>
      net.post(KUMAGAYA, `${PATH}/${id}/reject`, { reason }, as(who));
    expectProblem(await reject('jocho', ' '), 'message_malformed');
    await step('check', id, 'tanto2');
    expect((await reject('jocho', '原本と違う')).json).toMatchObject({
      ...{ state: 'rejected', decidedBy: 'jocho', reason: '原本と違う' },
    });
    expectProblem(await step('approve', id, 'jocho'), 'state_conflict');
    expectProblem(await reject('jocho', '二度目'), 'state_conflict');
    expect(held(somebody)).toEqual(before);
  });

  test('entered again under the same id it is the same draft; something else under it is refused', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    const records = [row({ 備考: '同じ' })];
    const first = await enter(somebody, { id, records });
    expect((await enter(somebody, { id, records })).json).toEqual(first.json);
    expectProblem(await enter(somebody, { id, records: [] }), 'state_conflict');
    expectProblem(await enter(somebody, { id, change: 'delete' }), 'state_conflict');
    expectProblem(await enter(somebody, { id, records }, 'jocho'), 'state_conflict');
    const { drafts } = (await net.get(KUMAGAYA, PATH, as('tanto'))).json;
    expect((drafts as { id: string }[]).filter((each) => each.id === id)).toHaveLength(1);
  });

  test.each([
    ['a day that does not exist', { records: [], published: '2026-02-29' }],
    ['an end before its beginning', { records: [], published: '2026-04-02', ended: '2026-04-01' }],
    ['no records', {}],
    ['records to delete', { change: 'delete', records: [] }],
    ['an end to delete', { change: 'delete', ended: '2026-12-01' }],
    ['flags to end', { change: 'end', ended: '2026-12-01', nonDisclosable: false }],
    ['an end without a day', { change: 'end' }],
    ['an end taken back while putting', { records: [], ended: null }],
    ['records that are none', { records: [1] }],
    ['values that are none', { records: [row({ 備考: true })] }],
    ['an item that is missing', { records: [{ ...row(), 備考: undefined }] }],
    ['an item that the layout has not', { records: [row({ 予備: null })] }],
    ['a required item that is empty', { records: [row({ 接種種別: null })] }],
    ['a date that does not exist', { records: [row({ 接種年月日: '2026-02-29' })] }],
    ['full-width digits in a date', { records: [row({ 接種年月日: '２０２６-01-01' })] }],
    ['a text for a number', { records: [row({ 接種量: '0.5' })] }],
    ['a code that is not in its list', { records: [row({ 性別: '不明' })] }],
    ['a formula', { records: [row({ 備考: '=1+1' })] }],
    ['NUL', { records: [row({ 備考: 'a\u0000' })] }],
    ['the same row twice', { records: [row(), row()] }],
    ['more than an answer can hold', { records: Array.from({ length: 1500 }, () => row()) }],
    ['a layout that nobody knows', { records: [], layoutVersion: 'K-9' }],
    ['an unknown field', { records: [], recrods: [] }],
    ['an unknown change', { change: 'replace', records: [] }],
    ['fourteen digits', { records: [], integratedAddressNumber: '00000000000001' }],
    ['full-width digits', { records: [], integratedAddressNumber: '０００００００００００００１' }],
    ['an individual number among the values', { records: [row({ 備考: '123456789018' })] }],
    ['another’s id as id', { records: [], id: 'short' }],
  ])('a draft with %s is refused, and nothing is held of it', async (_, change) => {
    const somebody = net.somebody('ordinary');
    const before = (await net.get(KUMAGAYA, PATH, as('tanto'))).json;
    expectProblem(await enter(somebody, change), 'message_malformed');
    expect((await net.get(KUMAGAYA, PATH, as('tanto'))).json).toEqual(before);
  });

  test('nothing is entered for a number that was merged into another, whose copies would be nobody’s', async () => {
    const somebody = net.somebody('ordinary');
    const merged = { ...somebody, numberThere: '000000000000017' };
    const { store } = net.network.agency(KUMAGAYA).node;
    await store.transact((tx) => tx.addMerged(merged.numberThere, somebody.numberThere));
    const reply = await enter(merged, { records: [row()], layoutVersion: 'K-1' });
    expectProblem(reply, 'state_conflict');
    expect(reply.json).toMatchObject({ mergedInto: somebody.numberThere });
  });

  test('a copy that is new needs to say its layout version', async () => {
    const nobody = { ...net.somebody('ordinary'), numberThere: '999999999999999' };
    expectProblem(await enter(nobody, { records: [] }), 'message_malformed');
    const { json } = await enter(nobody, { records: [row({ 性別: '?' })], layoutVersion: 'K-1' });
    expect(json).toMatchObject({
      findings: [{ record: 0, item: '性別', reason: 'not_in_code_list' }],
      en: 'row 1, 性別: not in the code list',
    });
    expectProblem(await enter(nobody, { change: 'end', ended: '2026-12-01' }), 'not_found');
  });

  test('R-204: only staff of this agency with the role for it, each refusal on record', async () => {
    const somebody = net.somebody('ordinary');
    const id = idOf(await enter(somebody, { records: [] }));
    for (const who of ['gyomu', 'kanri', 'kansa']) {
      expectProblem(await enter(somebody, { records: [] }, who), 'not_authorised');
      expectProblem(await show(id, who), 'not_authorised');
      expectProblem(await step('check', id, who, id), 'message_malformed');
      const { digest } = (await show(id)).json;
      expectProblem(await step('check', id, who, digest), 'not_authorised');
      expectProblem(await step('approve', id, who, digest), 'not_authorised');
      expectProblem(await net.get(KUMAGAYA, PATH, as(who)), 'not_authorised');
    }
    const stranger = { token: net.token(MATSUE, 'jocho') };
    expectProblem(await net.get(KUMAGAYA, `${PATH}/${id}`, stranger), 'not_authenticated');
    expectProblem(await net.get(KUMAGAYA, `${PATH}/${id}`), 'not_authenticated');
    expectProblem(await show(net.newId()), 'not_found');
  });
});

describe('R-206: copies on screen', () => {
  // As the world was made: the tests above have changed some.
  beforeAll(async () => {
    await net.network.close();
    net = await testNetwork();
  });
  const list = (query: string, who = 'tanto') => net.get(KUMAGAYA, `/v1/copies?${query}`, as(who));

  test('are listed by kind and person, page by page, without their content', async () => {
    const somebody = net.somebody('ordinary');
    const whole = await list(`person=${somebody.numberThere}&limit=1000`);
    const kinds = whole.json.copies as { information: string; rows: number }[];
    expect(kinds).toContainEqual(
      expect.objectContaining({
        ...{ integratedAddressNumber: somebody.numberThere, information: INFORMATION },
        ...{ inForce: true, published: '0001-01-01', rows: somebody.copy?.records.length },
      }),
    );
    expect(whole.text).not.toContain('接種');
    const paged: unknown[] = [];
    let next: unknown;
    do {
      const query = `person=${somebody.numberThere}&limit=1${next ? `&after=${next}` : ''}`;
      const page = (await list(query)).json;
      paged.push(...(page.copies as unknown[]));
      next = page.next;
    } while (next);
    expect(paged).toEqual(kinds);
    const named = await list(`information=${encodeURIComponent(VACCINATION)}&limit=1000`);
    expect((await list(`information=${INFORMATION}&limit=1000`)).json).toEqual(named.json);
  });

  test('are shown with their content, version by version, and who looked at whom is on record', async () => {
    const somebody = net.somebody('ordinary');
    const path = `/v1/copies/${somebody.numberThere}/${INFORMATION}`;
    const shown = await net.get(KUMAGAYA, path, as('tanto'));
    expect(shown.json).toMatchObject({
      copy: { records: somebody.copy?.records, inForce: true },
      versions: [{ published: '0001-01-01' }],
    });
    const named = `/v1/copies/${somebody.numberThere}/${encodeURIComponent(VACCINATION)}`;
    expect((await net.get(KUMAGAYA, named, as('tanto'))).json).toEqual(shown.json);
    await net.putCopy(KUMAGAYA, somebody, { published: '2027-04-01', records: [{ 次: 1 }] });
    const later = await net.get(KUMAGAYA, `${path}?published=2027-04-01`, as('jocho'));
    expect(later.json).toMatchObject({ copy: { records: [{ 次: 1 }], inForce: false } });
    expect(operations(somebody.numberThere)).toEqual([
      'tanto copies.show done',
      'tanto copies.show done',
      'jocho copies.show done',
    ]);
  });

  test('nobody without the role sees one, and what is not there is not found', async () => {
    const somebody = net.somebody('ordinary');
    const path = `/v1/copies/${somebody.numberThere}/${INFORMATION}`;
    for (const who of ['gyomu', 'kanri', 'kansa']) {
      expectProblem(await net.get(KUMAGAYA, path, as(who)), 'not_authorised');
      expectProblem(await list('limit=1', who), 'not_authorised');
    }
    expectProblem(
      await net.get(KUMAGAYA, `${path}?published=2020-01-01`, as('tanto')),
      'not_found',
    );
    for (const person of ['999999999999999', '1', 'x']) {
      const other = `/v1/copies/${person}/${INFORMATION}`;
      expectProblem(await net.get(KUMAGAYA, other, as('tanto')), 'not_found');
    }
    for (const query of ['limit=0', 'limit=1001', 'after=x', 'person=1', 'limt=1']) {
      expectProblem(await list(query), 'message_malformed');
    }
  });
});
