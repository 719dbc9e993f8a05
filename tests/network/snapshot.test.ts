import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { stageFiles, swapFiles } from '../../src/network/snapshot/swap-files.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

const STORAGES = [
  ['memory', () => ({ kind: 'memory' }) as const],
  ['folder', () => ({ kind: 'folder', path: temporaryFolder() }) as const],
] as const;

/** What happened, without the stopwatch; two parties that are busy at once may be told of in either order. */
const story = ({ journal }: Network, since: number) =>
  journal
    .after(since)
    .map(({ elapsed: _, elapsedMs: __, seq: ___, ...entry }) => JSON.stringify(entry))
    .sort();

/** An inquiry answered at once, one that staff answers, a denial; and everything that came of them. */
async function someFlows(net: TestNetwork, ids: readonly string[]) {
  const since = net.network.journal.last;
  const [ordinary, flagged] = [net.people()[0], net.people().find(({ copy }) => copy)];
  if (!ordinary || !flagged) throw new Error('nobody');
  await net.putCopy(KUMAGAYA, flagged, { autoResponseDisabled: true });
  const replies = [
    await net.inquire(ordinary, { id: ids[0] ?? '' }),
    await net.inquire(flagged, { id: ids[1] ?? '' }),
    await net.inquire(ordinary, { id: ids[2] ?? '', item: '1' }),
  ];
  const { exchange = '' } = viewOf(replies[1] ?? (await net.inquire(flagged)));
  await net.network.advance(60_000);
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.network.advance(3_600_000);
  const texts = replies.map(({ json: { instance: _, ...json } }) => json);
  const records = [GATEWAY, KUMAGAYA, MATSUE].map((party) => net.records(party));
  return { texts, records, story: story(net.network, since), now: net.clock.now() };
}

describe.each(STORAGES)('in %s', (_, storage) => {
  test('going back has the same happen again, to the byte, however often', async () => {
    const net = await testNetwork({ storage: storage() });
    const { network } = net;
    try {
      const ids = [net.newId(), net.newId(), net.newId()];
      viewOf(await net.inquire(net.somebody('ordinary')));
      network.faults.add({ message: 'query', action: 'duplicate', probability: 0.6 });
      const snapshot = await network.snapshot();
      const urls = [network.gateway.url, network.registry.url, network.agency(MATSUE).url];
      const happened = await someFlows(net, ids);
      for (const again of [1, 2]) {
        await network.restore(snapshot);
        expect(net.clock.now()).toBe(snapshot.now);
        expect(network.journal.last).toBe(snapshot.journal.seq);
        expect(await someFlows(net, ids), `time ${again}`).toEqual(happened);
      }
      const now = [network.gateway.url, network.registry.url, network.agency(MATSUE).url];
      expect(now).toEqual(urls);
      await network.restore(snapshot);
      expect(isDeepStrictEqual(await network.snapshot(), snapshot)).toBe(true);
    } finally {
      await network.close();
    }
  });

  test('reset goes back to the first moment, whatever has happened', async () => {
    const where = storage();
    const net = await testNetwork({ storage: where });
    const { network } = net;
    try {
      const first = await network.snapshot();
      const ids = [net.newId(), net.newId(), net.newId()];
      const happened = await someFlows(net, ids);
      network.faults.add({ action: 'drop' });
      await network.stopAgency(KUMAGAYA);
      await network.reset();
      expect(network.faults.list()).toEqual([]);
      expect(isDeepStrictEqual(await network.snapshot(), first)).toBe(true);
      expect(await someFlows(net, ids)).toEqual(happened);
    } finally {
      await network.close();
    }
    if (where.kind === 'memory') return;
    const later = await testNetwork({ storage: where });
    try {
      expect(later.records(MATSUE).length).toBeGreaterThan(2);
      await later.network.reset();
      expect(later.records(MATSUE).filter(({ kind }) => kind === 'answered')).toEqual([]);
      expect(viewOf(await later.inquire(later.somebody('ordinary'))).state).toBe('provided');
    } finally {
      await later.network.close();
    }
  });
});

test('what a network has done since is nowhere after going back, also after another start', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  const net = await testNetwork({ storage });
  const id = net.newId();
  const snapshot = await net.network.snapshot();
  const somebody = net.somebody('ordinary');
  viewOf(await net.inquire(somebody, { id }));
  await net.network.restore(snapshot);
  const kept = net.records(MATSUE);
  await net.network.close();
  const later = await testNetwork({ storage });
  try {
    expect(later.records(MATSUE).slice(0, kept.length)).toEqual(kept);
    expect(later.records(MATSUE).some(({ kind }) => kind === 'answered')).toBe(false);
    expect(viewOf(await later.inquire(somebody, { id })).state).toBe('provided');
  } finally {
    await later.network.close();
  }
});

test('a restoration that a kill interrupts is finished by the next start, or never began', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  const net = await testNetwork({ storage });
  const snapshot = await net.network.snapshot();
  viewOf(await net.inquire(net.somebody('ordinary')));
  const after = await net.network.snapshot();
  await net.network.close();
  const answered = async () => {
    const again = await testNetwork({ storage });
    try {
      return again.records(MATSUE).some(({ kind }) => kind === 'answered');
    } finally {
      await again.network.close();
    }
  };
  // Staged, not decided.
  await stageFiles(storage, snapshot.databases);
  expect(await answered()).toBe(true);
  // Decided, and killed before the first file was put in its place.
  await stageFiles(storage, snapshot.databases);
  await writeFile(join(storage.path, 'restoring'), '');
  expect(await answered()).toBe(false);
  // Whole.
  await stageFiles(storage, after.databases);
  await swapFiles(storage);
  expect(await answered()).toBe(true);
  await expect(readFile(join(storage.path, 'restoring'))).rejects.toThrow('ENOENT');
});

test('requests from outside wait while the parties are put in order, and are answered', async () => {
  const net = await testNetwork();
  try {
    const snapshot = await net.network.snapshot();
    const people = net
      .people()
      .filter(({ hasCodeThere }) => hasCodeThere)
      .slice(0, 6);
    const replies = people.map(async (somebody) => (await net.inquire(somebody)).status);
    const restored = [net.network.restore(snapshot), net.network.restore(snapshot)];
    const later = people.map(async (somebody) => (await net.inquire(somebody)).status);
    await Promise.all(restored);
    expect(new Set(await Promise.all([...replies, ...later]))).toEqual(new Set([200]));
  } finally {
    await net.network.close();
  }
});

test('no state is taken while a fault holds a message; going back loses that message', async () => {
  const net = await testNetwork();
  const { network } = net;
  try {
    const snapshot = await network.snapshot();
    network.faults.add({ message: 'query', action: 'reorder' });
    const inquiry = net.inquire(net.somebody('ordinary'));
    await network.faults.whenHeld();
    await expect(network.snapshot()).rejects.toMatchObject({ code: 'state_conflict' });
    await network.restore(snapshot);
    expect((await inquiry).json.code).toBe('gateway_unavailable');
    expect(isDeepStrictEqual(await network.snapshot(), snapshot)).toBe(true);
  } finally {
    await network.close();
  }
});

test('who was switched off at that instant is switched off again, with its data', async () => {
  const net = await testNetwork({ storage: { kind: 'folder', path: temporaryFolder() } });
  const { network } = net;
  try {
    const id = net.newId();
    const answered = viewOf(await net.inquire(net.somebody('ordinary'), { id }));
    await network.stopAgency(MATSUE);
    const snapshot = await network.snapshot();
    await network.startAgency(MATSUE);
    await network.restore(snapshot);
    expect([...network.agencies.keys()]).toEqual([KUMAGAYA]);
    await network.startAgency(MATSUE);
    expect(await net.inquiry(id)).toEqual(answered);
  } finally {
    await network.close();
  }
});

test('a law and an assessment that were changed in operation go back and come again', async () => {
  const net = await testNetwork();
  const { network } = net;
  try {
    const before = await network.snapshot();
    const published = network.gateway.gateway.law.published;
    const { lists, roles } = await import('../support/law.ts').then(({ law }) => law);
    await network.gateway.switchLists({ lists: lists.slice(0, 1), roles });
    const switched = network.gateway.gateway.law.published;
    const after = await network.snapshot();
    await network.restore(before);
    expect(network.gateway.gateway.law.published).toEqual(published);
    await network.restore(after);
    expect(network.gateway.gateway.law.published).toEqual(switched);
    expect(isDeepStrictEqual(await network.snapshot(), after)).toBe(true);
  } finally {
    await network.close();
  }
});

test('a state of another seed or configuration is refused, and nothing changes', async () => {
  const net = await testNetwork();
  try {
    const snapshot = await net.network.snapshot();
    for (const other of [{ seed: 'another' }, { config: 'A'.repeat(43) }]) {
      await expect(net.network.restore({ ...snapshot, ...other })).rejects.toMatchObject({
        code: 'state_conflict',
      });
    }
    expect(isDeepStrictEqual(await net.network.snapshot(), snapshot)).toBe(true);
  } finally {
    await net.network.close();
  }
});
