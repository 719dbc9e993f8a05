import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/network/config/read.ts';
import type { NetworkOptions } from '../../src/network/network.ts';
import { startNetwork } from '../../src/network/start-network.ts';
import { examples } from '../../src/network/world/examples.ts';
import { KINDS } from '../../src/network/world/layouts.ts';
import { appendTimes } from './append-times.ts';

// A whole default network in a process of its own, durable in the folder named by the argument; with logs unless told.
const [path = '', proofs = 'required', watched] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const config = readConfig(readFileSync(join(root, 'renkei.yaml'), 'utf8'), 'renkei.yaml');
const appends = appendTimes();
const network = await startNetwork({
  config,
  folder: root,
  storage: { kind: 'folder', path },
  freePorts: true,
  proofs: proofs as NonNullable<NetworkOptions['proofs']>,
  ...(watched !== undefined && { gatewayOverrides: appends.overrides }),
});
/** Those whom the provider answers for with a copy, as in most batches. */
function answered(inquirer: string, provider: string): string[] {
  const { agencies } = network.world;
  const asked = agencies.get(provider);
  const open = new Set(
    asked?.copies
      .filter((copy) => copy.information === KINDS.vaccination)
      .filter((copy) => !copy.autoResponseDisabled && !copy.nonDisclosable)
      .map((copy) => copy.integratedAddressNumber),
  );
  const there = new Set(
    asked?.persons
      .filter((person) => person.hasCode && open.has(person.integratedAddressNumber))
      .map((person) => person.individualNumber),
  );
  return (agencies.get(inquirer)?.persons ?? [])
    .filter((person) => person.hasCode && there.has(person.individualNumber))
    .map((person) => person.integratedAddressNumber);
}

process.send?.({
  url: `${network.agency('32201').url}/v1/inquiries`,
  token: network.credentials.get('32201')?.businessSystem,
  resident: examples(network.world, '32201', '11202').ordinary,
  node: network.agency('32201').url,
  affair: network.gateway.gateway.law.permission.listOf.get('order-r6-9')?.rowOf.get('25')?.affair
    .code,
  persons: answered('32201', '11202'),
  // Since the process began: what a person waits for.
  readyMs: performance.now(),
});
process.on('message', (message) => {
  if (message === 'memory') {
    const { user, system } = process.cpuUsage();
    process.send?.({ rss: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 });
  }
  if (message === 'appends') process.send?.({ times: appends.take() });
  if (message === 'cpu') {
    // Of the main thread alone, where signatures are not made; and of all threads.
    const { user, system } = process.threadCpuUsage();
    const all = process.cpuUsage();
    process.send?.({ main: (user + system) / 1000, all: (all.user + all.system) / 1000 });
  }
});
process.once('disconnect', () => void network.close());
