import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/protocol/digest.ts';
import { law } from '../support/law.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

// Which list and which keys a node judged by, and from when on, is on its record (番号法23条, R-103).

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork({ residents: 8 });
});
afterAll(() => net.network.close());

const changes = (agency: string) =>
  net.records(agency).filter(({ kind }) => ['lists_changed', 'directory_changed'].includes(kind));
const halfALife = () => net.network.advance(13 * 3_600_000);
const kept = (agency: string, name: string) =>
  net.network.agency(agency).node.store.read.meta(name) ?? '';

test('the same lists and the same directory, signed anew, are no change', async () => {
  const before = kept(KUMAGAYA, 'permission-lists');
  await halfALife();
  expect(kept(KUMAGAYA, 'permission-lists')).not.toBe(before);
  expect([changes(KUMAGAYA), changes(MATSUE)]).toEqual([[], []]);
});

test('other lists are on record at each node, with the statement that it took', async () => {
  await net.network.gateway.switchLists({ ...law, lists: law.lists.slice(0, -1) });
  await halfALife();
  for (const agency of [KUMAGAYA, MATSUE]) {
    expect(changes(agency)).toEqual([
      {
        kind: 'lists_changed',
        at: net.clock.now(),
        message: expect.any(String),
        statement: sha256(kept(agency, 'permission-lists')),
      },
    ]);
  }
});

test('another key of one agency is a change of the directory at all', async () => {
  const token = net.token(MATSUE, 'kanri');
  expect((await net.post(MATSUE, '/v1/keys/rotate', {}, { token })).status).toBe(200);
  expect(changes(MATSUE).map(({ kind }) => kind)).toEqual(['lists_changed', 'directory_changed']);
  expect(changes(KUMAGAYA)).toHaveLength(1);
  await halfALife();
  expect(changes(KUMAGAYA).at(-1)).toMatchObject({
    kind: 'directory_changed',
    statement: sha256(kept(KUMAGAYA, 'directory')),
  });
});
