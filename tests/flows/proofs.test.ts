import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { openCheckpoint } from '../../src/protocol/log/checkpoint.ts';
import { verifyConsistency } from '../../src/protocol/log/consistency.ts';
import { sameHash } from '../../src/protocol/log/hash.ts';
import { hashesOf } from '../../src/protocol/log/shown.ts';
import { tileNodes, tilePath } from '../../src/protocol/log/tiles.ts';
import { spanRoot } from '../../src/protocol/log/tree.ts';
import { forgeLog } from '../../src/service/sqlite/forge-log.ts';
import { logOf } from '../support/log-keys.ts';
import { audited, exportOf } from '../support/logs.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// 番号法23条: three parties keep a record of each exchange; each log is an append-only Merkle log, and the others watch.

const PARTIES = [GATEWAY, KUMAGAYA, MATSUE];
let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
  await net.inquire(net.somebody('ordinary'));
  // Cosignatures are made once a second.
  net.clock.advance(2000);
  await net.inquire(net.somebody('ordinary'));
  await net.inquire(net.somebody('no-copy'));
  await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  const { exchange = '' } = viewOf(
    await net.inquire(await net.flagged({ autoResponseDisabled: true })),
  );
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

test.each(PARTIES)(
  'the whole log of %s verifies offline, and the others cosigned it',
  async (party) => {
    const report = await audited(net, party);
    expect(report.size).toBe(net.records(party).length);
    const witnesses = party === GATEWAY ? [KUMAGAYA, MATSUE] : [GATEWAY];
    expect(Object.keys(report.cosigned).sort()).toEqual(witnesses.map((each) => `renkei/${each}`));
  },
);

test('an export with one record altered, removed or displaced names the first that is wrong', async () => {
  const lines = await exportOf(net, GATEWAY);
  const at = 3;
  const line = JSON.parse(lines[at] ?? '');
  const altered = lines.with(at, JSON.stringify({ ...line, record: `${line.record} ` }));
  const { auditExport } = await import('../../src/protocol/log/audit-export.ts');
  const audit = (changed: readonly string[]) =>
    auditExport(changed, { log: logOf(net.network, GATEWAY) });
  await expect(audit(altered)).rejects.toMatchObject({ kind: 'record', place: { index: at } });
  await expect(audit(lines.toSpliced(at, 1))).rejects.toMatchObject({
    ...{ kind: 'order', place: { index: at } },
  });
  const unsigned = lines.filter((each) => !each.startsWith('{"checkpoint"'));
  await expect(audit(unsigned)).rejects.toMatchObject({ kind: 'truncated' });
});

test('what the gateway shows agencies names no person twice: the person is another one in every exchange', () => {
  const persons = new Map<string, Set<string>>();
  for (const { exchange = '', person } of net.records(GATEWAY)) {
    if (person === undefined) continue;
    persons.set(exchange, (persons.get(exchange) ?? new Set()).add(person));
  }
  expect(persons.size).toBeGreaterThan(3);
  for (const own of persons.values()) expect(own.size).toBe(1);
  expect(new Set([...persons.values()].flatMap((own) => [...own])).size).toBe(persons.size);
});

test('番号法23条2項: the gateway’s record says what the provider’s says: that the person is not to be told', async () => {
  const view = viewOf(await net.inquire(await net.flagged({ nonDisclosable: true })));
  const { exchange = '' } = view;
  await net.step('review', exchange, 'tanto');
  await net.step('decline', exchange, 'jocho');
  await net.settled();
  for (const party of PARTIES) {
    const answers = net.recordsOf(party, exchange).filter(({ kind }) => kind === 'answered');
    expect(
      answers.map(({ nonDisclosable }) => nonDisclosable),
      party,
    ).toEqual([true, true]);
  }
});

describe('the tree for whoever wants to watch (C2SP tlog-tiles)', () => {
  test.each(PARTIES)('of %s: checkpoint, tiles and consistency agree', async (party) => {
    const note = (await net.get(party, '/log/checkpoint')).text;
    const { size, root } = openCheckpoint(note, logOf(net.network, party));
    expect(size).toBe(net.records(party).length);
    const path = tilePath({ level: 0, index: 0, width: size });
    const response = await fetch(`${net.url(party)}/log/${path}`);
    const tile = new Uint8Array(await response.arrayBuffer());
    expect(tile.length).toBe(size * 32);
    const node = tileNodes(size, () => tile);
    expect(sameHash(spanRoot(0, size, node), root)).toBe(true);
    const older = { size: 2, root: spanRoot(0, 2, node) };
    const { json } = await net.get(party, `/v1/log/consistency/2/${size}`);
    verifyConsistency(hashesOf(String(json.consistency), 'consistency'), older, { size, root });
  });

  test('what it has not is not found', async () => {
    for (const path of [
      '/v1/log/consistency/1/100000',
      '/v1/log/consistency/3/2',
      '/v1/log/consistency/-1/2',
      '/v1/log/consistency/01/2',
      '/log/tile/0/001',
      '/log/tile/0/x',
      '/log/tile/entries/000.p/1',
      '/log/tile/1/000',
    ]) {
      expectProblem(await net.get(GATEWAY, path), 'not_found');
    }
  });
});

describe('who may see more than hashes', () => {
  test.each([
    ['kansa', 200],
    ['jocho', 200],
    ['tanto', 403],
    ['gyomu', 403],
    ['', 401],
  ])('%s: %i', async (who, status) => {
    for (const path of ['/v1/log/alarms', '/v1/log/export']) {
      const token = who === '' ? undefined : net.token(MATSUE, who);
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      expect((await fetch(`${net.url(MATSUE)}${path}`, { headers })).status, path).toBe(status);
    }
  });
});

describe('a log that contradicts what it showed', () => {
  const alarms = async (own: TestNetwork) => {
    const token = own.token('control', '');
    const { json } = await own.get('control', '/v1/log/alarms', { token });
    return json.alarms as { by: string; log: string; kind: string; trustedAt?: string }[];
  };

  test.each([
    ['remove', KUMAGAYA, GATEWAY],
    ['alter', MATSUE, GATEWAY],
    ['fork', GATEWAY, MATSUE],
    ['remove', GATEWAY, MATSUE],
  ] as const)(
    '%s at %s: %s raises the alarm, refuses, and goes on when told to',
    async (how, log, by) => {
      await using own = await testNetwork();
      expect((await own.inquire(own.somebody('ordinary'))).status).toBe(200);
      const party = log === GATEWAY ? own.network.gateway : own.network.agency(log);
      forgeLog(party.log, how);
      const somebody = own.somebody('ordinary');
      const id = own.newId();
      expectProblem(await own.inquire(somebody, { id }), 'log_inconsistent');
      const [alarm, ...more] = await alarms(own);
      expect(alarm).toMatchObject({ by, log });
      expect(more).toEqual([]);
      // Whoever raised it says so itself: the gateway to everybody, for it shows nothing but checkpoints.
      const auditor = by === GATEWAY ? {} : { token: own.token(by, 'kansa') };
      const told = await own.get(by, '/v1/log/alarms', auditor);
      const { by: _, ...itself } = alarm ?? { by };
      expect(told.json.alarms).toEqual([itself]);
      expect((await own.get(by, '/v1/status')).json.alarms).toBe(1);
      expect(own.records(by).filter(({ kind }) => kind === 'alarm')).toMatchObject([
        { log, code: 'log_inconsistent' },
      ]);
      // It stands until somebody decides, also after a restart of who found it.
      expectProblem(await own.inquire(somebody, { id }), 'log_inconsistent');
      expect(await alarms(own)).toHaveLength(1);
      const token = own.token('control', '');
      const trust = await own.post('control', '/v1/log/trust', { party: by, log }, { token });
      expect([trust.status, trust.json]).toEqual([200, { ended: 1 }]);
      expect(viewOf(await own.inquire(somebody, { id })).state).toBe('provided');
      expect(own.records(by).at(-1)).toBeDefined();
      expect(own.records(by).filter(({ kind }) => kind === 'log_trusted')).toMatchObject([{ log }]);
      expect((await alarms(own))[0]?.trustedAt).toBeDefined();
      expect((await own.get(by, '/v1/status')).json.alarms).toBe(0);
    },
  );

  test('the whole network goes back: nothing is wrong', async () => {
    await using own = await testNetwork();
    await own.inquire(own.somebody('ordinary'));
    const snapshot = await own.network.snapshot();
    await own.inquire(own.somebody('ordinary'));
    await own.network.restore(snapshot);
    await own.inquire(own.somebody('ordinary'));
    expect((await own.inquire(own.somebody('ordinary'))).status).toBe(200);
    expect(await alarms(own)).toEqual([]);
  });
});

test('after a reply was lost, the next exchange catches up by asking once', async () => {
  const somebody = net.somebody('ordinary');
  const id = net.newId();
  wire.fault = ({ pathname }) => (pathname === '/v1/permits' ? 'reply-lost' : undefined);
  expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
  wire.fault = undefined;
  wire.passages.length = 0;
  expect(viewOf(await net.inquire(somebody, { id })).state).toBe('provided');
  const asked = wire.passages.filter(({ path }) => path.startsWith('/v1/log/consistency/'));
  expect(asked).toHaveLength(1);
});

test.each(['as-shown', 'off'] as const)('%s: an exchange goes through', async (proofs) => {
  await using own = await testNetwork({ proofs });
  wire.passages.length = 0;
  const { exchange = '', state } = viewOf(await own.inquire(own.somebody('ordinary')));
  expect(state).toBe('provided');
  expect(own.recordsOf(GATEWAY, exchange)).toHaveLength(2);
  const shown = wire.passages.filter(({ response }) => response.includes('"proof"'));
  expect(shown.length > 0).toBe(proofs === 'as-shown');
});
