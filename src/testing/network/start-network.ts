import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkOptions } from '../../network/network.ts';
import { startNetwork as launch } from '../../network/start-network.ts';
import { noted } from './addresses.ts';
import { keepingGlobals } from './globals.ts';
import { launchOptions, type TestNetworkOptions } from './options.ts';
import { TestNetwork } from './test-network.ts';

type Via = NonNullable<NetworkOptions['via']>;

/**
 * Starts a network for a test: in memory, on free ports, by a clock that only the test moves, the same every time.
 * @example
 * await using network = await startNetwork({ agencies: ['11202', '32201'], residents: 40 });
 * const resident = network.resident.ordinary('32201', '11202', INFORMATION.vaccination);
 * @throws ConfigInvalid, PermissionListInvalid; RenkeiError agency_unknown
 */
export const startNetwork = (options: TestNetworkOptions = {}): Promise<TestNetwork> =>
  startedWith(options, {});

/** The same with parts of the launcher’s own. */
export async function startedWith(
  options: TestNetworkOptions,
  parts: Partial<NetworkOptions>,
): Promise<TestNetwork> {
  const { path, cleanUp } = await temporaryFolder(options.storage === 'folder');
  const storage = path !== undefined && { storage: { kind: 'folder', path } as const };
  try {
    const via: Via = (from, to, url) => noted(parts.via?.(from, to, url) ?? url);
    const launched = { ...(await launchOptions(options)), ...storage, ...parts, via };
    const network = await keepingGlobals(() => launch(launched));
    return new TestNetwork(network, cleanUp);
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function temporaryFolder(wanted: boolean) {
  if (!wanted) return { path: undefined, cleanUp: async () => undefined };
  const path = await mkdtemp(join(tmpdir(), 'renkei-'));
  return { path, cleanUp: () => rm(path, { recursive: true, force: true }) };
}
