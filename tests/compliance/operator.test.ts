import { describe, expect, test } from 'vitest';
import { configOf } from '../../src/network/config/read.ts';
import { Operator } from '../../src/network/operator.ts';
import { startNetwork } from '../../src/network/start-network.ts';
import { manualClock } from '../../src/service/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ground, ROOT } from './ground.ts';

const [KUMAGAYA, MATSUE] = ['11202', '32201'];

const start = (path: string, change: Partial<(typeof ground.base.agencies)[number]> = {}) =>
  startNetwork({
    config: configOf({
      ...ground.base,
      residents: { count: 8 },
      agencies: ground.base.agencies
        .filter(({ code }) => code === KUMAGAYA || code === MATSUE)
        .map((agency) => (agency.code === KUMAGAYA ? { ...agency, ...change } : agency)),
    }),
    folder: ROOT,
    storage: { kind: 'folder', path },
    clock: manualClock('2026-11-22T09:00:00+09:00'),
    freePorts: true,
  });

type Started = Awaited<ReturnType<typeof start>>;
async function within(
  path: string,
  work: (network: Started) => Promise<void>,
  change?: Parameters<typeof start>[1],
): Promise<void> {
  const network = await start(path, change);
  try {
    await work(network);
  } finally {
    await network.close();
  }
}
const kumagaya = ({ gateway }: Started) => gateway.gateway.agencies.find(KUMAGAYA);
const kinds = ({ gateway }: Started) =>
  gateway.gateway.store.read.records(0, 10_000).map(({ record }) => record.kind);

describe('what the operator changes', () => {
  test('is recorded, and outlives a restart', async () => {
    const path = temporaryFolder();
    await within(path, async (network) => {
      const before = kinds(network).length;
      const operator = new Operator(network);
      await operator.suspend(KUMAGAYA);
      await operator.changeAssessment(KUMAGAYA, 901, { ended: '2026-01-01' });
      expect(kinds(network).slice(before)).toEqual(['directory_changed', 'directory_changed']);
    });
    await within(path, async (again) => {
      const { suspended, assessments } = kumagaya(again) ?? {};
      expect(suspended).toBe(true);
      expect(assessments?.find(({ number }) => number === 901)?.ended).toBe('2026-01-01');
      expect(again.gateway.gateway.agencies.find(MATSUE)?.suspended).toBe(false);
    });
  });

  test('gives way to a configuration that was itself rewritten since', async () => {
    const path = temporaryFolder();
    await within(path, (network) => new Operator(network).suspend(KUMAGAYA));
    const renamed = { name: '熊谷市長（改）' };
    await within(
      path,
      async (network) => expect(kumagaya(network)?.suspended).toBe(false),
      renamed,
    );
  });

  test('is refused for an agency or an assessment that there is not', () =>
    within(temporaryFolder(), async (network) => {
      const operator = new Operator(network);
      await expect(operator.suspend('99999')).rejects.toThrow(RangeError);
      const change = operator.changeAssessment(KUMAGAYA, 1, { breach: true });
      await expect(change).rejects.toThrow(RangeError);
    }));

  test('other lists get the next version, and are recorded before they count', () =>
    within(temporaryFolder(), async (network) => {
      const { lists, roles } = ground.law;
      const without = lists.map((list) => ({
        ...list,
        items: list.items.filter(({ item }) => item !== '25'),
      }));
      const operator = new Operator(network);
      const first = await operator.switchLists({ lists: without, roles });
      expect(await operator.switchLists({ lists: without, roles })).toBe(first);
      expect(await operator.switchLists(ground.law)).toBe(first + 1);
      expect(kinds(network).filter((kind) => kind === 'lists_changed').length).toBe(3);
    }));
});
