import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { BatchView } from '../../src/protocol/node-api/batches.ts';
import { decoded } from '../../src/service/csv/decode.ts';
import { readCsv } from '../../src/service/csv/read-csv.ts';
import { affairOf, inquiryFile, type Sent, send } from '../support/batch-files.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

// R-201 in batch: an inquiry file is taken in whole or not at all, then carried out; every row comes to its end.

let net: TestNetwork;
beforeEach(async () => {
  net = await testNetwork();
});
afterEach(() => net.network.close());

const all = () => net.people().filter(({ hasCodeThere }) => hasCodeThere);
const numbers = () => all().map(({ number }) => number);
const viewOf = ({ json }: Reply): BatchView => BatchView.parse(json);
const get = async (id: string, as = 'gyomu') =>
  viewOf(await net.get(MATSUE, `/v1/batches/${id}`, { token: net.token(MATSUE, as) }));
const step = (id: string, name: string, as = 'gyomu') =>
  net.post(MATSUE, `/v1/batches/${id}/${name}`, {}, { token: net.token(MATSUE, as) });
/** Sends a file, and waits for whatever comes of it. */
async function carriedOut(file: string, sent: Sent = {}): Promise<BatchView> {
  const reply = await send(net, file, sent);
  expect(reply.status, reply.text).toBe(201);
  await net.settled();
  return await get(viewOf(reply).id, sent.as);
}
async function lines(id: string, as = 'gyomu'): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${net.url(MATSUE)}/v1/batches/${id}/results?format=jsonl`, {
    headers: { authorization: `Bearer ${net.token(MATSUE, as)}` },
  });
  expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
  const text = await response.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
const asked = () => net.records(GATEWAY).length;

describe('a file of a business system', () => {
  test('every row is asked once and comes to its end: provided, no record, pending, denied', async () => {
    const people = all();
    const last = people.at(-1)?.number ?? '';
    const denied = inquiryFile(net, [last], { affair: affairOf(net, '16') });
    const view = await carriedOut(
      inquiryFile(
        net,
        people.slice(0, -1).map(({ number }) => number),
      ) + denied,
    );
    expect(view).toMatchObject({
      state: 'finished',
      rows: people.length,
      done: people.length,
      by: 'gyomu',
    });
    const { provided = 0, no_record = 0, pending = 0 } = view.states;
    const copies = people.slice(0, -1).map(({ copy }) => copy);
    const waiting = copies.filter((copy) => copy?.autoResponseDisabled || copy?.nonDisclosable);
    expect(pending).toBe(waiting.length);
    expect(no_record).toBe(copies.filter((copy) => !copy).length);
    expect(provided + no_record + pending).toBe(people.length - 1);
    expect(view.states.denied).toBe(1);
    expect(Object.values(view.codes)).toEqual([1]);

    const results = await lines(view.id);
    expect(results.map(({ row }) => row)).toEqual(people.map((_, at) => at + 1));
    for (const [at, { number, copy }] of people.slice(0, -1).entries()) {
      const result = results[at];
      expect(result).toMatchObject({
        line: at + 1,
        integratedAddressNumber: number,
        provider: KUMAGAYA,
      });
      const exchange = String(result?.exchange);
      const kinds = net.recordsOf(GATEWAY, exchange).map(({ kind }) => kind);
      expect(kinds).toEqual(['permitted', 'answered']);
      if (result?.state === 'provided') {
        expect(result).toMatchObject({
          records: copy?.records,
          layoutVersion: copy?.layoutVersion,
        });
        expect(result.answerDigest).toMatch(/^[\w-]{43}$/);
      } else expect(result).not.toHaveProperty('records');
    }
    expect(results.at(-1)).toMatchObject({ state: 'denied', reasons: expect.any(Array) });
  });

  test('the CSV of its results is read back as the same', async () => {
    const { id } = await carriedOut(inquiryFile(net, numbers().slice(0, 5)));
    const reply = await fetch(`${net.url(MATSUE)}/v1/batches/${id}/results`, {
      headers: { authorization: `Bearer ${net.token(MATSUE, 'gyomu')}` },
    });
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows: (readonly string[])[] = [];
    const bytes = [new Uint8Array(await reply.arrayBuffer())];
    for await (const { cells } of readCsv(decoded(bytes, 'utf-8'), { maxRecord: 1e6 }))
      rows.push(cells);
    const [header, ...body] = rows;
    const told = await lines(id);
    expect(header?.slice(0, 2)).toEqual(['照会行', '統合宛名番号']);
    expect(body.map((cells) => [cells[0], cells[1], cells[8], cells[11]])).toEqual(
      told.map((it) => [String(it.line), it.integratedAddressNumber, it.state, it.inquiry]),
    );
    expect(body.map((cells) => cells[16] && JSON.parse(cells[16]))).toEqual(
      told.map(({ records }) => records ?? ''),
    );
  });

  test('a pending row ends when the provider has approved; results refresh', async () => {
    const somebody = await net.flagged({ autoResponseDisabled: true });
    const view = await carriedOut(inquiryFile(net, [somebody.number]));
    expect(view).toMatchObject({ state: 'finished', done: 1, states: { pending: 1 } });
    const exchange = String((await lines(view.id))[0]?.exchange);
    await net.step('review', exchange, 'tanto');
    await net.step('approve', exchange, 'jocho');
    await net.settled();
    expect((await get(view.id)).states).toEqual({ provided: 1 });
    expect((await lines(view.id))[0]).toMatchObject({
      state: 'provided',
      records: expect.any(Array),
    });
  });

  test('answers are deleted at their time; the batch keeps the states, and later goes itself', async () => {
    const view = await carriedOut(inquiryFile(net, numbers().slice(0, 8)));
    const { keepDays } = net.network.config.results;
    await net.network.advance((keepDays * 24 * 3600 + 1) * 1000);
    expect((await get(view.id)).states).toEqual(view.states);
    const results = await lines(view.id);
    expect(results.some(({ state }) => state === 'provided')).toBe(true);
    expect(results.some((it) => 'records' in it)).toBe(false);
    await net.network.advance(net.network.config.deliveries.keepDays * 24 * 3600 * 1000);
    const gone = await net.get(MATSUE, `/v1/batches/${view.id}`, {
      token: net.token(MATSUE, 'gyomu'),
    });
    expectProblem(gone, 'not_found');
    expect(
      net.network.agency(MATSUE).node.store.read.batchRows(view.id, { after: 0, limit: 9 }),
    ).toEqual([]);
  });

  test('the same file again is the same batch, and nothing is asked twice; `again` is another', async () => {
    const file = inquiryFile(net, numbers().slice(0, 4));
    const first = await carriedOut(file);
    const before = asked();
    const second = await send(net, file);
    expect([second.status, viewOf(second).id]).toEqual([200, first.id]);
    await net.settled();
    expect(asked()).toBe(before);
    const third = await carriedOut(file, { query: '?again=true' });
    expect(third.id).not.toBe(first.id);
    expect(asked()).toBeGreaterThan(before);
    const list = await net.get(MATSUE, '/v1/batches', { token: net.token(MATSUE, 'gyomu') });
    expect((list.json.batches as BatchView[]).map(({ id }) => id).sort()).toEqual(
      [first.id, third.id].sort(),
    );
    expect(net.network.agency(MATSUE).node.store.read.batchesIn(['checking'])).toEqual([]);
  });

  test('a file with a header of names, in Shift_JIS or UTF-8', async () => {
    const [one = '', other = ''] = numbers();
    // 統合宛名番号,項,情報提供者,特定個人情報 in Shift_JIS
    const header = Buffer.from(
      '939d8d8788b696bc94d48d862c8d802c8fee95f192f18b9f8ed22c93c192e88cc2906c8fee95f1',
      'hex',
    );
    const info = net.network.agency(MATSUE).node.lists.at(net.clock.now());
    const code = info.lists[0]?.kinds.get(VACCINATION)?.information.code;
    const sjis = Buffer.concat([header, Buffer.from(`\r\n${one},25,${KUMAGAYA},${code}\r\n`)]);
    const reply = await send(net, sjis, { query: '?encoding=shift_jis' });
    expect(reply.status, reply.text).toBe(201);
    const wrong = await send(net, sjis);
    expectProblem(wrong, 'message_malformed');
    expect(wrong.json.findings).toMatchObject([{ line: 1, problem: 'wrong_encoding' }]);
    const view = await carriedOut(
      `\uFEFFprovider,person,item,information,from\n${KUMAGAYA},${other},25,${VACCINATION},2020-04-01\n`,
    );
    expect((await lines(view.id))[0]).toMatchObject({ item: '25', period: { from: '2020-04-01' } });
  });
});

describe('a file of staff', () => {
  test('waits for a supervisor who did not send it (R-301)', async () => {
    const file = inquiryFile(net, numbers().slice(0, 3));
    const before = asked();
    const reply = await send(net, file, { as: 'jocho' });
    const { id, state } = viewOf(reply);
    await net.settled();
    expect([state, asked()]).toEqual(['awaiting_approval', before]);
    expectProblem(await step(id, 'approve', 'tanto'), 'not_authorised');
    expectProblem(await step(id, 'approve', 'jocho'), 'approval_by_same_person');
    expectProblem(await step(id, 'approve'), 'not_authorised');
    expectProblem(await step(id, 'resume', 'jocho'), 'state_conflict');
    await net.settled();
    expect(asked()).toBe(before);

    const { id: other } = viewOf(await send(net, file, { as: 'tanto' }));
    expect(other).not.toBe(id);
    expect(viewOf(await step(other, 'approve', 'jocho'))).toMatchObject({
      state: 'running',
      approver: 'jocho',
    });
    await net.settled();
    expect(await get(other, 'tanto')).toMatchObject({ state: 'finished', done: 3, by: 'tanto' });
    expectProblem(await step(other, 'approve', 'jocho'), 'state_conflict');
    const operations = net.network.agency(MATSUE).node.store.read.operations(0, 1000);
    expect(
      operations.map(({ operation: it }) => [it.actor, it.operation, it.outcome, it.count]),
    ).toEqual(
      expect.arrayContaining([
        ['tanto', 'inquiries.batch', 'done', 3],
        ['jocho', 'inquiries.approve', 'done', 3],
        ['jocho', 'inquiries.approve', 'refused', undefined],
      ]),
    );
  });

  test('that is declined is never asked', async () => {
    const { id } = viewOf(
      await send(net, inquiryFile(net, numbers().slice(0, 2)), { as: 'tanto' }),
    );
    const before = asked();
    expect(viewOf(await step(id, 'decline', 'jocho'))).toMatchObject({
      state: 'declined',
      approver: 'jocho',
    });
    for (const name of ['approve', 'resume', 'stop']) {
      expectProblem(await step(id, name, 'jocho'), 'state_conflict');
    }
    await net.settled();
    expect(asked()).toBe(before);
  });

  test('auditors send none, and one kind of caller does not see the other’s', async () => {
    const file = inquiryFile(net, numbers().slice(0, 1));
    expectProblem(await send(net, file, { as: 'kansa' }), 'not_authorised');
    const { id } = await carriedOut(file);
    const { id: theirs } = viewOf(await send(net, file, { as: 'tanto' }));
    for (const [batch, as] of [
      [id, 'tanto'],
      [theirs, 'gyomu'],
      [net.newId(), 'gyomu'],
    ] as const) {
      for (const path of ['', '/results']) {
        const reply = await net.get(MATSUE, `/v1/batches/${batch}${path}`, {
          token: net.token(MATSUE, as),
        });
        expectProblem(reply, 'not_found');
      }
      expectProblem(await step(batch, 'stop', as), 'not_found');
    }
    expectProblem(await send(net, file, { as: 'atena' }), 'not_authorised');
    expectProblem(await net.get(MATSUE, '/v1/batches'), 'not_authenticated');
  });
});

describe('what goes wrong on the way', () => {
  test('a provider that is down is left alone after a while; its rows can be resumed', async () => {
    await net.network.stopAgency(KUMAGAYA);
    const years = ['2021', '2022', '2023', '2024'].map((year) => ({ from: `${year}-04-01` }));
    const file = years.map((period) => inquiryFile(net, numbers(), { period })).join('');
    const rows = years.length * numbers().length;
    const view = await carriedOut(file, { query: '?concurrency=4' });
    expect(view).toMatchObject({ state: 'stopped', code: 'provider_unavailable', done: 0, rows });
    const { open = 0, waiting = 0 } = view.states;
    expect(open + waiting).toBe(rows);
    // Twenty in a row and those that were on their way: not each of them.
    expect(open).toBeGreaterThanOrEqual(20);
    expect(open).toBeLessThan(24);
    expect(view.codes).toEqual({ provider_unavailable: open });
    await net.network.startAgency(KUMAGAYA);
    expect((await step(view.id, 'resume')).status).toBe(200);
    await net.settled();
    const after = await get(view.id);
    expect(after).toMatchObject({ state: 'finished', done: rows, codes: {} });
    expect(after).not.toHaveProperty('code');
    // Each was answered once, whatever it took.
    for (const { exchange } of await lines(view.id)) {
      const answered = net
        .recordsOf(KUMAGAYA, String(exchange))
        .filter(({ kind }) => kind === 'answered');
      expect(answered).toHaveLength(1);
    }
  });

  test('what failed once on its way is tried again', async () => {
    net.network.faults.add({ message: 'query', action: 'drop', times: 3 });
    const view = await carriedOut(inquiryFile(net, numbers().slice(0, 10)), {
      query: '?concurrency=1',
    });
    expect(view).toMatchObject({ state: 'finished', done: 10 });
  });

  test('stop asks nothing more; resume asks the rest, and nothing twice', async () => {
    const people = numbers();
    net.network.faults.add({
      message: 'permit-request',
      action: 'delay',
      delaySeconds: 1,
      times: 1,
    });
    const { id } = viewOf(await send(net, inquiryFile(net, people), { query: '?concurrency=1' }));
    await net.network.faults.whenHeld();
    expect(viewOf(await step(id, 'stop')).state).toBe('stopped');
    await net.network.advance(1000);
    // The one that was under way came to its end.
    expect(await get(id)).toMatchObject({ state: 'stopped', done: 1 });
    expectProblem(await step(id, 'stop'), 'state_conflict');
    await step(id, 'resume');
    expectProblem(await step(id, 'resume'), 'state_conflict');
    await net.settled();
    expect(await get(id)).toMatchObject({ state: 'finished', done: people.length });
    expect(net.records(GATEWAY).filter(({ kind }) => kind === 'permitted')).toHaveLength(
      people.length,
    );
  });
});
