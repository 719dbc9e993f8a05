import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { MATSUE, ROOT, testNetwork } from '../support/test-network.ts';
import { ownSystem } from './support.ts';

test('renkei/client works where there is no Buffer and no process', async () => {
  await using net = await testNetwork();
  const { id, privateKey } = await ownSystem(net, 'kenko');
  const { number } = net.somebody('ordinary');
  const given = [net.url(MATSUE), MATSUE, id, JSON.stringify(privateKey), number, net.clock.now()];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['tests/client/children/without-node.ts', ...given.map(String)],
    { cwd: ROOT },
  );
  expect(JSON.parse(stdout)).toEqual({
    state: 'provided',
    keys: true,
    said: MATSUE,
    taken: [],
  });
});
