import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { expectProblem } from '../support/problem.ts';
import { HOUR, logIn, operations, staffNetwork, tokenOf } from '../support/staff.ts';
import { KUMAGAYA } from '../support/test-network.ts';

test.each([
  ['memory', () => ({ kind: 'memory' }) as const],
  ['folder', () => ({ kind: 'folder', path: temporaryFolder() }) as const],
])(
  'in %s: going back brings users and sessions back, and the same log-in gives the same token',
  async (_, storage) => {
    const net = await staffNetwork(undefined, { storage: storage() });
    try {
      const get = (token: string) => net.get(KUMAGAYA, '/v1/reviews', { token });
      const kanri = { token: net.token(KUMAGAYA, 'kanri') };
      const token = await tokenOf(net, 'jocho');
      const snapshot = await net.network.snapshot();
      const meanwhile = async () => {
        const [other, failed] = [
          await tokenOf(net, 'tanto'),
          await logIn(net, 'tanto2', undefined, { password: 'x' }),
        ];
        expectProblem(failed, 'not_authenticated');
        await net.post(KUMAGAYA, '/v1/staff/jocho/disable', {}, kanri);
        expectProblem(await get(token), 'not_authenticated');
        expectProblem(await get(net.token(KUMAGAYA, 'jocho')), 'not_authenticated');
        return { other, lines: operations(net) };
      };
      const happened = await meanwhile();
      await net.network.restore(snapshot);
      expect((await get(token)).status).toBe(200);
      expect((await get(net.token(KUMAGAYA, 'jocho'))).status).toBe(200);
      expectProblem(await get(happened.other), 'not_authenticated');
      await net.network.restore(snapshot);
      expect(await meanwhile()).toEqual(happened);
      await net.network.restore(snapshot);
      net.clock.advance(HOUR);
      expectProblem(await get(token), 'not_authenticated');
    } finally {
      await net.network.close();
    }
  },
);
