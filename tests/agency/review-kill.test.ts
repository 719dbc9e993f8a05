import { expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { type CallOptions, call } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import { happened, kill, startHeld, type Told } from '../support/killed-network.ts';
import { KUMAGAYA, MATSUE, testNetwork, VACCINATION, viewOf } from '../support/test-network.ts';

// Invariant 6 and R-302: an approval of a review is given whole or not at all, survives a kill, and what was approved is
// provided exactly once.

const url = ({ provider }: Told, exchange: string) => `${provider.url}/v1/reviews/${exchange}`;

/** Asks about somebody whose copy waits, and has it reviewed. @returns the inquiry and its exchange */
async function reviewed(told: Told): Promise<{ id: string; exchange: string; seen: unknown }> {
  const { inquirer, provider, flagged } = told;
  const ask = { provider: KUMAGAYA, item: '25', information: VACCINATION };
  const asked = await call(
    `${inquirer.url}/v1/inquiries`,
    { integratedAddressNumber: flagged, ...ask },
    { token: inquirer.gyomu },
  );
  const { id, exchange = '' } = viewOf(asked);
  const looked = async (by: CallOptions) => (await call(url(told, exchange), undefined, by)).json;
  const { seen } = await looked({ token: provider.tanto });
  const body = { seen };
  const done = await call(`${url(told, exchange)}/review`, body, { token: provider.tanto });
  expect(done.status, done.text).toBe(200);
  return { id, exchange, seen: (await looked({ token: provider.jocho })).seen };
}

test.each([
  ['before the answer left', 'provide', 'request'],
  ['when the gateway had it, and nobody knew', 'provide', 'reply'],
  ['before it was delivered', 'delivery', 'request'],
  ['when it was delivered, and nobody knew', 'delivery', 'reply'],
  ['while it was given', undefined, undefined],
] as const)(
  'kill -9 in the middle of an approval, %s',
  { timeout: 60_000 },
  async (_, message, leg) => {
    const folder = temporaryFolder();
    const { child, told } = await startHeld(folder, ...(message ? [message, leg] : []));
    const { id, exchange, seen } = await reviewed(told);
    const approving = call(
      `${url(told, exchange)}/approve`,
      { seen },
      { token: told.provider.jocho },
    ).then(
      ({ status }) => status,
      () => 'cut off',
    );
    if (message === undefined) await new Promise((resolve) => setImmediate(resolve));
    else while (!(await happened(told, 'fault'))) expect(child.exitCode).toBeNull();
    await kill(child);
    const acknowledged = (await approving) === 200;
    if (message !== undefined) expect(acknowledged).toBe(true);

    await using net = await testNetwork({
      storage: { kind: 'folder', path: folder },
      chance: 'system',
    });
    await net.settled();
    const kinds = (party: string, about: readonly string[]) =>
      net
        .recordsOf(party, exchange)
        .filter(({ kind }) => about.includes(kind))
        .map(({ kind, outcome }) => `${kind} ${outcome ?? ''}`.trim());
    const atProvider = () => kinds(KUMAGAYA, ['reviewed', 'approved', 'answered']);
    if (!acknowledged && atProvider().length === 2) {
      // Nothing of it was kept: it is given again.
      expect(atProvider()).toEqual(['answered pending', 'reviewed']);
      expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
      await net.settled();
    }
    const once = ['answered pending', 'reviewed', 'approved', 'answered provided'];
    const isOnce = async () => {
      expect(atProvider()).toEqual(once);
      for (const party of [GATEWAY, MATSUE]) {
        expect(kinds(party, ['answered']), party).toEqual([
          'answered pending',
          'answered provided',
        ]);
      }
      expect((await net.inquiry(id)).state).toBe('provided');
      const approvals = net.network
        .agency(KUMAGAYA)
        .node.store.read.operations(0, 1000)
        .filter(
          ({ operation: { operation, outcome } }) =>
            operation === 'reviews.approve' && outcome === 'done',
        );
      expect(approvals).toHaveLength(1);
    };
    await isOnce();
    // Whatever is due again changes nothing, and it is not approved twice.
    await net.network.maintain();
    await net.settled();
    expect((await net.step('approve', exchange, 'jocho')).json.code).toBe('state_conflict');
    await isOnce();
  },
);
