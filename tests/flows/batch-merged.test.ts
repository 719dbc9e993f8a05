import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { inquiryFile, send } from '../support/batch-files.ts';
import { personsOf } from '../support/persons.ts';
import { MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

// R-201 in batch: rows that name somebody by a number that was merged into another, and rows on their way.

let net: TestNetwork;
/** Two registrations of one person; the second goes. */
let stays: string;
let goes: string;
beforeAll(async () => {
  net = await testNetwork();
  const persons = personsOf(net, MATSUE);
  stays = net.somebody('ordinary').number;
  const again = await persons.ask('tanto', '/v1/persons', {
    basics: {
      name: '架空　花子',
      kana: 'カクウ　ハナコ',
      birthDate: '2000-01-01',
      sex: '女',
      address: '架空',
    },
    addressNumbers: [{ system: 'gyomu', addressNumber: '000009000000009' }],
  });
  goes = String(again.json.integratedAddressNumber);
  const { json } = await persons.post('tanto', '/v1/changes/merge', { stays, goes });
  const approved = await persons.post('jocho', `/v1/changes/${json.id}/approve`, {});
  expect(approved.json, approved.text).toMatchObject({ state: 'done' });
});
afterAll(() => net.network.close());

const view = async (id: unknown) =>
  (await net.get(MATSUE, `/v1/batches/${id}`, { token: net.token(MATSUE, 'gyomu') })).json;
const permitted = () => net.records(GATEWAY).filter(({ kind }) => kind === 'permitted').length;

test('a merged number stands for the person, and its row is found by the number that the file has', async () => {
  const before = permitted();
  const { json } = await send(net, inquiryFile(net, [goes]));
  await net.settled();
  expect(await view(json.id)).toMatchObject({ state: 'finished', states: { provided: 1 } });
  expect(permitted()).toBe(before + 1);
  const results = await fetch(`${net.url(MATSUE)}/v1/batches/${json.id}/results?format=jsonl`, {
    headers: { authorization: `Bearer ${net.token(MATSUE, 'gyomu')}` },
  });
  const line: unknown = JSON.parse(await results.text());
  expect(line).toMatchObject({ line: 1, integratedAddressNumber: goes, state: 'provided' });
});

test('both numbers in one file are one inquiry, told with the line of the first; nothing is asked', async () => {
  const before = permitted();
  const other = net.somebody('ordinary').number;
  const { status, json } = await send(net, inquiryFile(net, [stays, other, goes]));
  expect([status, json.code]).toEqual([400, 'message_malformed']);
  expect(json.findings).toMatchObject([
    { line: 3, problem: 'duplicate_row', en: expect.stringContaining('line 1') },
  ]);
  await net.settled();
  expect(permitted()).toBe(before);
});

test('a row that has its permit and no answer yet is told as permitted, not as waiting', async () => {
  net.network.faults.add({ message: 'query', action: 'delay', delaySeconds: 1, times: 1 });
  const people = [net.somebody('ordinary'), net.somebody('ordinary')].map(({ number }) => number);
  const { json } = await send(net, inquiryFile(net, people), { query: '?concurrency=1' });
  await net.network.faults.whenHeld();
  expect(await view(json.id)).toMatchObject({
    ...{ state: 'running', done: 0 },
    states: { permitted: 1, waiting: 1 },
  });
  await net.network.advance(1000);
  await net.settled();
  expect((await view(json.id)).states).toEqual({ provided: 2 });
});
