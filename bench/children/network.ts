import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/network/config/read.ts';
import { startNetwork } from '../../src/network/start-network.ts';
import { examples } from '../../src/network/world/examples.ts';

// A whole default network in a process of its own, durable in the folder named by the argument.
const [path = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const config = readConfig(readFileSync(join(root, 'renkei.yaml'), 'utf8'), 'renkei.yaml');
const network = await startNetwork({
  config,
  folder: root,
  storage: { kind: 'folder', path },
  freePorts: true,
});
process.send?.({
  url: `${network.agency('32201').url}/v1/inquiries`,
  token: network.credentials.get('32201')?.businessSystem,
  resident: examples(network.world, '32201', '11202').ordinary,
  // Since the process began: what a person waits for.
  readyMs: performance.now(),
});
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage.rss() });
});
process.once('disconnect', () => void network.close());
