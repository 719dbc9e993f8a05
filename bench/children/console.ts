import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complianceRoutes, loadTools } from '../../src/cli/up/tools.ts';
import { lazyConsole } from '../../src/console/lazy-console.ts';
import { readConfig } from '../../src/network/config/read.ts';
import { startNetwork } from '../../src/network/start-network.ts';
import { examples } from '../../src/network/world/examples.ts';

// A whole default network with its console, durable in the folder named by the argument.
const [path = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const config = readConfig(readFileSync(join(root, 'renkei.yaml'), 'utf8'), 'renkei.yaml');
const network = await startNetwork({
  config,
  folder: root,
  storage: { kind: 'folder', path },
  freePorts: true,
  console: lazyConsole,
  controlRoutes: complianceRoutes(await loadTools()),
});
process.send?.({
  url: `${network.agency('32201').url}/v1/inquiries`,
  console: network.control.url,
  token: network.credentials.get('32201')?.businessSystem,
  resident: examples(network.world, '32201', '11202').ordinary,
});
process.once('disconnect', () => void network.close());
