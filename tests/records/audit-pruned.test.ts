import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditedLogs, auditLogs } from '../../src/compliance/audit/audit-logs.ts';
import { proveRecord } from '../../src/compliance/audit/prove-record.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ExportLine } from '../../src/protocol/log/audit-export.ts';
import type { Pruned } from '../../src/protocol/record.ts';
import { logOf } from '../support/log-keys.ts';
import { exportOf } from '../support/logs.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

// 番号法施行令29条: parties let their records go at different times. That is no alarm; what is gone too early, or was held, is.

const PARTIES = [GATEWAY, MATSUE, KUMAGAYA];
const DAY = 86_400_000;
let net: TestNetwork;
/** The same logs are read by most tests. */
let exported: ReadonlyMap<string, readonly string[]>;
const exchanges: string[] = [];

beforeAll(async () => {
  // 熊谷 keeps its records for ten years.
  net = await testNetwork({
    residents: 40,
    config: (config) => ({
      ...config,
      agencies: config.agencies.map((each) =>
        each.code === KUMAGAYA ? { ...each, retention: 'P10Y' } : each,
      ),
    }),
  });
  const asked = async () =>
    exchanges.push(viewOf(await net.inquire(net.somebody('ordinary'))).exchange ?? '');
  await asked();
  // The gateway’s records of this one are held, between others that go.
  const held = viewOf(await net.inquire(net.somebody('ordinary'))).exchange ?? '';
  const hold = { reason: 'audit', exchange: held };
  const operator = { token: net.token('control', '') };
  expect((await net.post('control', '/v1/logs/gateway/holds', hold, operator)).status).toBe(201);
  await net.inquire(net.somebody('ordinary'));
  // Results are deleted in the meantime, and that is on record.
  await net.network.advance(10 * DAY);
  await net.network.advanceTo(Date.parse('2030-01-10T09:00:00+09:00'));
  await asked();
  await net.network.advanceTo(Date.parse('2034-01-10T09:00:00+09:00'));
  await asked();
  await net.network.maintain();
  exported = await logs();
}, 60_000);
afterAll(() => net.network.close());

const logs = async () =>
  new Map(
    await Promise.all(PARTIES.map(async (party) => [party, await exportOf(net, party)] as const)),
  );
const audit = (
  all: ReadonlyMap<string, readonly string[]>,
  options: { keepMonths?: number } = {},
): Promise<AuditedLogs> =>
  auditLogs(
    [...all].map(([party, lines]) => ({
      party,
      keys: logOf(net.network, party).keys,
      lines: () => lines,
    })),
    options,
  );
/** The exports with one party’s lines changed. */
const changed = (party: string, change: (line: ExportLine) => ExportLine) =>
  new Map(
    [...exported].map(([each, lines]) => [
      each,
      each === party
        ? lines.map((line) => JSON.stringify(change(ExportLine.parse(JSON.parse(line)))))
        : lines,
    ]),
  );
const kindAt = (line: ExportLine) =>
  'index' in line && line.record !== undefined ? JSON.parse(line.record).kind : undefined;
const indexOf = (party: string, is: (line: ExportLine) => boolean): number => {
  const found = (exported.get(party) ?? [])
    .map((line) => ExportLine.parse(JSON.parse(line)))
    .find(is);
  return found && 'index' in found ? found.index : -1;
};

test('parties that let records go, and one that has not yet, agree', async () => {
  const found = await audit(exported);
  expect(found.findings).toEqual([]);
  expect(found.ok).toBe(true);
  const pruned = Object.fromEntries(found.logs.map((log) => [log.party, log.pruned]));
  expect(pruned).toMatchObject({ [KUMAGAYA]: 0 });
  expect(pruned[GATEWAY]).toBeGreaterThan(0);
  expect(pruned[MATSUE]).toBeGreaterThan(0);
  expect(net.recordsOf(KUMAGAYA, exchanges[0] ?? '')).not.toEqual([]);
  // Any of them alone, too.
  for (const party of PARTIES)
    expect((await audit(new Map([[party, exported.get(party) ?? []]]))).ok).toBe(true);
});

test('what is left is proven, what is gone is told to be gone', async () => {
  const { keys } = logOf(net.network, GATEWAY);
  const lines = exported.get(GATEWAY) ?? [];
  const left = indexOf(GATEWAY, (line) => kindAt(line) === 'answered');
  expect(await proveRecord(lines, { party: GATEWAY, keys, index: left })).toMatchObject({
    index: left,
  });
  const gone = indexOf(GATEWAY, (line) => 'index' in line && line.record === undefined);
  await expect(proveRecord(lines, { party: GATEWAY, keys, index: gone })).rejects.toMatchObject({
    kind: 'pruned',
    place: { index: gone },
  });
});

describe('an alarm', () => {
  test('for content that no pruning tells of', async () => {
    const index = indexOf(KUMAGAYA, (line) => kindAt(line) === 'answered');
    const found = await audit(
      changed(KUMAGAYA, (line) =>
        'index' in line && line.index === index ? { index, leaf: line.leaf } : line,
      ),
    );
    expect(found.first).toEqual({ party: KUMAGAYA, index, kind: 'pruning' });
  });

  test('for content of which a pruning tells elsewhere', async () => {
    // Within what a pruning covers, but one more than it counts: one that is held.
    const first = indexOf(GATEWAY, (line) => 'index' in line && line.record === undefined);
    const extra = indexOf(
      GATEWAY,
      (line) => 'index' in line && line.index > first && line.record !== undefined,
    );
    expect(kindAt(JSON.parse((exported.get(GATEWAY) ?? [])[extra] ?? '{}'))).toBe('permitted');
    const found = await audit(
      changed(GATEWAY, (line) =>
        'index' in line && line.index === extra ? { index: extra, leaf: line.leaf } : line,
      ),
    );
    expect(found.first).toEqual({ party: GATEWAY, kind: 'pruning', index: first });
  });

  test('for a party that keeps its records shorter than has to be', async () => {
    const found = await audit(exported, { keepMonths: 120 });
    expect(found.findings.map(({ party, kind }) => [party, kind])).toEqual([
      [GATEWAY, 'early'],
      [MATSUE, 'early'],
    ]);
  });
});

describe('a keeper who lets records go as it likes, and signs that it was lawful', () => {
  /** Does at a node what its program would not. */
  const letGo = async (
    party: string,
    exchange: string,
    told: Partial<Pruned> & { at?: number } = {},
  ) => {
    const { node, log } = net.network.agency(party);
    const indices = log.records.placesOf(exchange);
    const { at = node.clock.now(), ...rest } = told;
    const pruned = {
      ...{ from: Math.min(...indices), to: Math.max(...indices) + 1, count: indices.length },
      ...{ before: Date.parse('2027-01-01T00:00:00+09:00'), keep: 'P7Y', ...rest },
    };
    await node.store.transact((tx) => {
      log.records.blank(indices);
      tx.record({ kind: 'pruned', at, pruned });
    });
  };
  const going = async (work: () => Promise<void>, parties: readonly string[] = PARTIES) => {
    const before = await net.network.snapshot();
    await work();
    const all = await logs();
    await net.network.restore(before);
    const { findings } = await audit(
      new Map([...all].filter(([party]) => parties.includes(party))),
    );
    return findings.map(({ party, kind, exchange }) => ({ party, kind, exchange }));
  };
  const young = () => exchanges[1] ?? '';

  const ALONE = [KUMAGAYA];
  const itself = { party: KUMAGAYA, kind: 'early', exchange: undefined };

  test('before its time, by its own words: by the day, by the period', async () => {
    const before = Date.parse('2031-01-01T00:00:00+09:00');
    expect(await going(() => letGo(KUMAGAYA, young(), { before }), ALONE)).toEqual([itself]);
    const keep = 'P3Y';
    expect(await going(() => letGo(KUMAGAYA, young(), { before, keep }), ALONE)).toEqual([itself]);
  });

  test('before its time, by what stands before it in its log', async () => {
    expect(await going(() => letGo(KUMAGAYA, exchanges[2] ?? ''), ALONE)).toEqual([itself]);
  });

  test('before its time, by what the others have of it', async () => {
    const all = async () => {
      for (const exchange of exchanges.slice(0, 2)) await letGo(KUMAGAYA, exchange);
    };
    expect(await going(all, ALONE)).toEqual([]);
    expect(await going(all)).toEqual([{ party: KUMAGAYA, kind: 'early', exchange: young() }]);
  });

  test('by a clock that ran ahead, as what came later shows', async () => {
    const at = Date.parse('2040-01-01T00:00:00+09:00');
    const before = Date.parse('2031-01-01T00:00:00+09:00');
    const ahead = () => letGo(KUMAGAYA, young(), { at, before });
    expect(await going(ahead, ALONE)).toEqual([]);
    const later = async () => {
      await ahead();
      await net.inquire(net.somebody('ordinary'));
    };
    expect(await going(later, ALONE)).toEqual([itself]);
  });

  test('though it was held', async () => {
    const hold = async () => {
      const body = { reason: 'litigation', exchange: young() };
      const options = { token: net.token(KUMAGAYA, 'kansa') };
      expect((await net.post(KUMAGAYA, '/v1/log/holds', body, options)).status).toBe(201);
      await net.network.advance(8 * 366 * DAY);
    };
    const before = Date.parse('2031-01-01T00:00:00+09:00');
    const held = async () => {
      await hold();
      await letGo(KUMAGAYA, young(), { before });
    };
    expect(await going(held)).toEqual([{ party: KUMAGAYA, kind: 'held', exchange: young() }]);
    // Left to itself it stays, and nobody is accused.
    expect(await going(hold)).toEqual([]);
  });
});
