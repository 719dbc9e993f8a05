import { expect, test } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, testNetwork, viewOf } from '../support/test-network.ts';

const DAY = 24 * 60 * 60 * 1000;

test('R-206: the version in force on the day in Japan is the one that is provided', async () => {
  // 2026-11-22 23:00 in Japan; in UTC the day has nine hours left after the change.
  await using net = await testNetwork({ at: '2026-11-22T14:00:00Z' });
  const somebody = net.somebody('ordinary');
  const put = (published: string, dose: number, ended?: string) =>
    net.putCopy(KUMAGAYA, somebody, {
      ...{ published, records: [{ 接種種別: `${dose}回目` }] },
      ...(ended !== undefined && { ended }),
    });
  await put('2026-11-01', 1);
  await put('2026-11-23', 2, '2026-11-24');
  const asked = async () => {
    const { state, answer } = viewOf(await net.inquire(somebody));
    return answer?.records ?? state;
  };
  expect(await asked()).toEqual([{ 接種種別: '1回目' }]);
  net.clock.advance(DAY / 24);
  expect(await asked()).toEqual([{ 接種種別: '2回目' }]);
  net.clock.advance(DAY);
  await net.network.maintain();
  expect(await asked()).toBe('no_record');
});

test('R-302: what was reviewed is not approved once another version is in force', async () => {
  await using net = await testNetwork({ at: '2026-11-22T14:00:00Z' });
  const somebody = net.somebody('ordinary');
  const disabled = { autoResponseDisabled: true };
  await net.putCopy(KUMAGAYA, somebody, disabled);
  const next = { published: '2026-11-23', records: [{ 接種種別: '訂正後' }] };
  await net.putCopy(KUMAGAYA, somebody, { ...disabled, ...next });
  const { id, exchange = '' } = viewOf(await net.inquire(somebody));
  await net.step('review', exchange, 'tanto');
  net.clock.advance(DAY / 24);
  expectProblem(await net.step('approve', exchange, 'jocho'), 'state_conflict');
  await net.step('review', exchange, 'tanto');
  expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
  await net.settled();
  expect((await net.inquiry(id)).answer?.records).toEqual([{ 接種種別: '訂正後' }]);
});
