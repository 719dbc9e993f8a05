import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { openAgencyStore } from '../../src/agency/store/sqlite-store.ts';
import type { GatewayStore } from '../../src/gateway/core/ports.ts';
import { openGatewayStore } from '../../src/gateway/store/sqlite-store.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ALL, expectAgreement } from '../support/agreement.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, MATSUE, testNetwork, viewOf } from '../support/test-network.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A network one of whose parties has a disk that can be filled and freed. */
async function withSmallDisk(party: string) {
  const path = join(temporaryFolder(), 'small.sqlite');
  const small =
    party === GATEWAY
      ? openGatewayStore({ path, maxPages: 200 })
      : openAgencyStore({ path, maxPages: 2000 });
  const store: GatewayStore | AgencyStore = small;
  const net = await testNetwork({
    storage: { kind: 'folder', path: temporaryFolder() },
    // The store that replaces the party’s own keeps records, and no log.
    proofs: 'as-shown',
    overrides: (agency) =>
      agency === party && 'inquiry' in store.read ? { store: store as AgencyStore } : {},
    gatewayOverrides: () => (party === GATEWAY ? { store: store as GatewayStore } : {}),
  });
  closing.push(async () => {
    await net.network.close();
    await small.commits.close();
  });
  const note = (key: string, text: string): Promise<void> =>
    'reopenExchanges' in store
      ? Promise.reject(new Error('not a transaction'))
      : small.transact((tx: { setMeta(key: string, value: string): void }) =>
          tx.setMeta(key, text),
        );
  const notes: string[] = [];
  return {
    net,
    /** Until not even a short line fits. */
    async fill() {
      for (const bytes of [100_000, 3000, 300, 30]) {
        for (;;) {
          const key = `note ${notes.length}`;
          try {
            await note(key, 'x'.repeat(bytes));
          } catch (error) {
            expect(error).toMatchObject({ code: 'storage_full' });
            break;
          }
          notes.push(key);
        }
      }
    },
    async free() {
      for (const key of notes.splice(0)) await note(key, '');
    },
  };
}

test.each([
  ['the inquirer’s', MATSUE, 'storage_full'],
  ['the gateway’s', GATEWAY, 'storage_full'],
  ['the provider’s', KUMAGAYA, 'provider_unavailable'],
])(
  'a full disk at %s node: the inquiry fails as an error, and the same inquiry succeeds when there is space again',
  async (_, party, code) => {
    const { net, fill, free } = await withSmallDisk(party);
    const somebody = net.somebody('ordinary');
    // More than fits between other things on a page that is begun.
    const records = [{ 備考: 'x'.repeat(30_000) }];
    await net.putCopy(KUMAGAYA, somebody, { records });
    const id = net.newId();
    await fill();
    for (let attempt = 0; attempt < 3; attempt += 1)
      expectProblem(await net.inquire(somebody, { id }), code);
    await free();
    const { exchange = '', ...view } = viewOf(await net.inquire(somebody, { id }));
    expect(view).toMatchObject({ state: 'provided', answer: { records } });
    const [, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    expect(more).toEqual([]);
    expect(net.records(KUMAGAYA).filter(({ kind }) => kind === 'answered')).toHaveLength(1);
    expect(net.records(GATEWAY).some(({ kind }) => kind === 'denied')).toBe(false);
  },
);

test('R-203: an approval that does not fit on the disk is not given by half', async () => {
  const { net, fill, free } = await withSmallDisk(KUMAGAYA);
  const somebody = await net.flagged({ autoResponseDisabled: true });
  const { id, exchange = '' } = viewOf(await net.inquire(somebody));
  await net.step('review', exchange, 'tanto');
  await fill();
  expectProblem(await net.step('approve', exchange, 'jocho'), 'storage_full');
  await net.settled();
  expect(net.network.agency(KUMAGAYA).node.store.read.review(exchange)?.state).toBe('reviewed');
  expect((await net.inquiry(id)).state).toBe('pending');
  await free();
  expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('provided');
});
