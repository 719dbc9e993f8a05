import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogState } from '../../src/network/logs/log-states.ts';
import type { ExchangeProofs } from '../../src/protocol/control-api/exchange-proofs.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

let net: TestNetwork;
let exchange: string;
beforeAll(async () => {
  net = await testNetwork({ chance: 'system' });
  const { json } = await net.inquire(net.somebody('ordinary'));
  exchange = String(json.exchange);
  // Cosignatures are made once a second, on what was seen before.
  for (let again = 0; again < 2; again += 1) {
    net.clock.advance(2000);
    await net.inquire(net.somebody('ordinary'));
  }
  await net.settled();
});
afterAll(() => net?.[Symbol.asyncDispose]());

const control = (path: string) =>
  net.get('control', path, { token: net.token('control', 'operator') });
const proofs = async () =>
  (await control(`/v1/exchanges/${exchange}/proofs`)).json as unknown as ExchangeProofs;
const recordsOf = async (party: string) =>
  (await proofs()).parties.find((each) => each.party === party)?.records ?? [];

test('three records of an exchange are proven, cosigned and agree', async () => {
  const { parties, findings } = await proofs();
  expect(findings).toEqual([]);
  expect(parties.map(({ party, records }) => [party, records.length])).toEqual([
    [GATEWAY, 2],
    [MATSUE, 2],
    [KUMAGAYA, 1],
  ]);
  for (const { party, records } of parties) {
    for (const { fault, witnesses, checkpoint, record } of records) {
      expect(fault, party).toBeUndefined();
      expect(checkpoint).toContain(`renkei/${party}\n`);
      expect(record).toContain(exchange);
      const others = party === GATEWAY ? [KUMAGAYA, MATSUE] : [GATEWAY];
      expect(witnesses.map((each) => each.party).sort()).toEqual(others);
      expect(witnesses.filter((each) => each.fault)).toEqual([]);
    }
  }
  expectProblem(await control('/v1/exchanges/none/proofs'), 'not_found');
  expectProblem(await control(`/v1/exchanges/${'A'.repeat(22)}/proofs`), 'not_found');
});

test('every log is told with who has seen and cosigned it, up to where', async () => {
  const { logs } = (await control('/v1/logs')).json as unknown as { logs: readonly LogState[] };
  expect(logs.map(({ party }) => party)).toEqual([GATEWAY, KUMAGAYA, MATSUE]);
  for (const { party, size, witnesses } of logs) {
    expect(size).toBe(net.records(party).length);
    for (const { seen, cosigned, alarm } of witnesses) {
      expect(alarm).toBe(false);
      expect(seen).toBeLessThanOrEqual(size);
      expect(cosigned).toMatchObject({ size: expect.any(Number), at: expect.any(String) });
      expect(cosigned?.fault).toBeUndefined();
    }
  }
  expect(logs[0]?.witnesses.map((each) => each.party).sort()).toEqual([KUMAGAYA, MATSUE]);
});

test('a record altered where it lies no longer fits its leaf, nor what others cosigned', async () => {
  const { log } = net.network.agency(KUMAGAYA);
  const [index] = log.records.placesOf(exchange);
  log.behindItsBack((db) =>
    db
      .prepare(
        `UPDATE records SET record = replace(record, '"provided"', '"no_record"') WHERE seq = ?`,
      )
      .run((index ?? 0) + 1),
  );
  const [altered] = await recordsOf(KUMAGAYA);
  expect(altered?.fault?.kind).toBe('record');
  expect(altered?.witnesses.map(({ fault }) => fault?.kind)).toEqual(['record']);
  expect((await recordsOf(GATEWAY)).every(({ fault }) => fault === undefined)).toBe(true);
  expect((await proofs()).findings).toMatchObject([{ kind: 'missing', party: KUMAGAYA }]);
});

test('a log that was written anew fits itself, but not what others cosigned', async () => {
  const { log } = net.network.agency(MATSUE);
  const from = (log.records.placesOf(exchange).at(-1) ?? 0) + 1;
  // As whoever has the file and the keys could: one record says another time, and all after it are put back.
  log.behindItsBack((db, records) => {
    const kept = db.prepare('SELECT record FROM records WHERE seq >= ? ORDER BY seq').all(from);
    db.prepare('DELETE FROM records WHERE seq >= ?').run(from);
    records.reread();
    for (const [at, { record }] of kept.entries()) {
      const one = JSON.parse(String(record));
      records.record(at === 0 ? { ...one, at: one.at + 1 } : one);
    }
  });
  const last = (await recordsOf(MATSUE)).at(-1);
  expect(last?.fault).toBeUndefined();
  expect(last?.witnesses).toMatchObject([{ party: GATEWAY, fault: { kind: 'signature' } }]);
  const { logs } = (await control('/v1/logs')).json as unknown as { logs: readonly LogState[] };
  const own = logs.find(({ party }) => party === MATSUE);
  expect(own?.witnesses).toMatchObject([
    { party: GATEWAY, cosigned: { fault: { kind: 'signature' } } },
  ]);
});
