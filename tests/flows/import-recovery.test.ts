import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agencyFile } from '../../src/network/storage.ts';
import { PERSONS } from '../agency/imports/children/import-until-killed.ts';
import { TAX } from '../agency/imports/keeper.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, testNetwork } from '../support/test-network.ts';

const CHILD = join(import.meta.dirname, '../agency/imports/children/import-until-killed.ts');

test('R-206: an import that was accepted before the node was killed is carried out when it starts', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  const options = { agencies: [KUMAGAYA], residents: 4, storage };
  await (await testNetwork(options)).network.close();

  // Begun, staged, accepted, and one part of it done.
  const path = agencyFile(storage, KUMAGAYA, 'node');
  const child = spawn(process.execPath, [CHILD, path, '5', '4'], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

  await using net = await testNetwork(options);
  const reply = await net.get(KUMAGAYA, '/v1/copies/imports', {
    token: net.token(KUMAGAYA, 'tanto'),
  });
  expect(reply.json.imports).toMatchObject([
    { state: 'applied', added: PERSONS, replaced: 0, unchanged: 0 },
  ]);
  const { read } = net.network.agency(KUMAGAYA).node.store;
  const only = { information: TAX };
  const held = read
    .copiesAfter(undefined, 2 * PERSONS, only)
    .filter(({ records }) => records.includes('"合計所得金額":5,'));
  expect(held).toHaveLength(PERSONS);
  expect(read.stagedPersons(0, 1)).toEqual([]);
});
