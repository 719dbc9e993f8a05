import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config/schema.ts';
import type { JournalEntry } from '../../src/network/journal.ts';
import { readySecrets } from '../../src/network/principals.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { makeIds } from '../../src/service/ids.ts';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';
import { seededRandomness } from '../../src/service/randomness.ts';
import { KUMAGAYA, MATSUE, testNetwork, viewOf } from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 8: the same seed, clock and inputs give the same outcome, to the byte, ciphertext aside. (The nonces and
// one-time keys of a seeded network come from the seed too, so that here even the ciphertext is the same.)

let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
});
afterAll(() => wire.restore());

/** Whose hashes cost little: what they cost changes no outcome. */
const cheapStaff = ({ staff }: NetworkConfig) => ({
  staff: { ...staff, password: { ...staff.password, memoryKiB: 64, passes: 1 } },
});

/** The same inputs each time: a log-in, answers, a denial, a provider that is down, a review, a delivery that waits. */
async function outcome(seed: string) {
  wire.passages.length = 0;
  const net = await testNetwork({
    config: (config) => ({ ...config, ...cheapStaff(config), seed }),
  });
  const ids = makeIds(seededRandomness('inputs', 'test'));
  const parties = new Map(
    ['registry', GATEWAY, KUMAGAYA, MATSUE].map((party) => [net.url(party), party]),
  );
  const told: string[] = [];
  const inquire = async (...[somebody, asked]: Parameters<typeof net.inquire>) => {
    const reply = await net.inquire(somebody, { id: ids(), ...asked });
    told.push(`${reply.status} ${reply.text}`);
    return reply;
  };
  await inquire(net.somebody('ordinary'));
  net.clock.advance(1234);
  await inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  await inquire(net.somebody('no-code-there'));
  wire.fault = ({ pathname }) => (pathname === '/v1/provide-requests' ? 'refused' : undefined);
  await inquire(net.somebody('ordinary'));
  wire.fault = undefined;
  const { exchange = '' } = viewOf(
    await inquire(await net.flagged({ autoResponseDisabled: true })),
  );
  net.clock.advance(60_000);
  for (const [step, staff] of [
    ['review', 'tanto'],
    ['approve', 'jocho'],
  ] as const) {
    told.push((await net.step(step, exchange, staff)).text);
  }
  await net.settled();
  const { password, secret } = readySecrets(seed, KUMAGAYA, 'jocho');
  const code = oneTimeCodes.codeAt(secret, net.clock.now());
  told.push((await net.post(KUMAGAYA, '/v1/sessions', { user: 'jocho', password, code })).text);
  expect(told.at(-1)).toContain('"token":');
  net.clock.advance(12 * 3_600_000);
  await net.network.maintain();
  await inquire(net.somebody('ordinary'));
  const records = [GATEWAY, KUMAGAYA, MATSUE].map((party) => net.records(party));
  const journal = receiptsFirst(net.network.journal.after(0)).map(
    ({ elapsed, elapsedMs, ...entry }) => {
      expect(elapsed).toBeGreaterThanOrEqual(0);
      expect(elapsedMs ?? 0).toBeGreaterThanOrEqual(0);
      return entry;
    },
  );
  const messages = wire.passages.map(
    ({ origin, path, request, status, response }) =>
      `${parties.get(origin)} ${path} ${request} → ${status} ${response}`,
  );
  const credentials = [...net.network.credentials];
  await net.network.close();
  // An id of one occurrence, for finding it in the log.
  const withoutInstance = (texts: string[]) =>
    texts.map((text) => text.replace(/urn:renkei:problem:[\w-]+/g, ''));
  return {
    records,
    journal,
    credentials,
    messages: withoutInstance(messages),
    told: withoutInstance(told),
    statements: messages.join('\n').match(/ey[\w-]+\.[\w-]+\.[\w-]+/g) ?? [],
  };
}

/**
 * The gateway hands the provider its receipt and the inquirer the delivery side by side: which of the two is noted
 * first is chance, of the sockets and not of the seed. Here the receipt comes right after what it is for.
 */
function receiptsFirst(entries: readonly JournalEntry[]): Omit<JournalEntry, 'seq'>[] {
  const told = entries.map(({ seq: _, ...entry }) => entry);
  const isReceipt = (entry: Omit<JournalEntry, 'seq'>) =>
    entry.facts?.message === 'receipt' && entry.from === GATEWAY;
  for (const receipt of told.filter(isReceipt)) {
    const at = told.indexOf(receipt);
    const asked = told.findLastIndex(
      ({ facts, from }, index) => index < at && facts?.message === 'provide' && from === receipt.to,
    );
    told.splice(at, 1);
    told.splice(asked + 1, 0, receipt);
  }
  return told;
}

test('twice the same: records, journal, every statement, every byte between the parties and to the callers', async () => {
  const [one, other] = [await outcome('renkei'), await outcome('renkei')];
  expect(one.records.flat().length).toBeGreaterThan(20);
  expect(one.journal.length).toBeGreaterThan(25);
  expect(one.statements.length).toBeGreaterThan(40);
  expect(other.records).toEqual(one.records);
  expect(other.journal).toEqual(one.journal);
  expect(other.statements).toEqual(one.statements);
  expect(other.messages).toEqual(one.messages);
  expect(other.told).toEqual(one.told);
  expect(other.credentials).toEqual(one.credentials);
});

test('another seed is another world: no statement is the same', async () => {
  const [one, other] = [await outcome('renkei'), await outcome('another')];
  const statements = new Set(one.statements);
  expect(other.statements.length).toBeGreaterThan(40);
  expect(other.statements.filter((statement) => statements.has(statement))).toEqual([]);
});

test('by the machine’s chance, identifiers differ between two runs of one seed, and decisions do not', async () => {
  const run = async () => {
    await using net = await testNetwork({ chance: 'system' });
    const view = viewOf(await net.inquire(net.somebody('ordinary')));
    const { id, exchange, ...rest } = view;
    return { id, exchange, rest };
  };
  const [one, other] = [await run(), await run()];
  expect(one.exchange).not.toBe(other.exchange);
  expect(one.rest).toEqual(other.rest);
});
