import type { Vault } from '../../service/ports.ts';
import { makeVault } from '../../service/vault.ts';
import { derived } from '../keys.ts';
import type { Databases } from './snapshot.ts';
import { notAState } from './state-file.ts';

/**
 * What the agencies keep, sealed under a key of each: whoever handles the file of a state sees none of it. The
 * gateway’s holds no content and stays as it is; the registry’s tells which cards are somebody’s. Keys come out of the seed, as all others do, so a network of the same
 * seed can open it.
 */
export const sealDatabases = (databases: Databases, seed: string): Databases =>
  eachOf(databases, (bytes, party) => vaultOf(seed, party).seal(bytes, party));

/** @throws RenkeiError message_malformed for what was not sealed so */
export const openDatabases = (databases: Databases, seed: string): Databases =>
  eachOf(databases, (bytes, party) => {
    try {
      return vaultOf(seed, party).open(bytes, party);
    } catch {
      throw notAState(`${party} のデータを開けません`, `The data of ${party} can’t be opened`);
    }
  });

const vaultOf = (seed: string, party: string): Vault => makeVault(derived(seed, 'state', party));

function eachOf(
  { gateway, registry, nodes, addressNumbers }: Databases,
  change: (bytes: Uint8Array, party: string) => Uint8Array,
): Databases {
  const all = (databases: Readonly<Record<string, Uint8Array>>, kind: string) =>
    Object.fromEntries(
      Object.entries(databases).map(([code, bytes]) => [code, change(bytes, `${code} ${kind}`)]),
    );
  return {
    gateway,
    registry: change(registry, 'registry'),
    nodes: all(nodes, 'node'),
    addressNumbers: all(addressNumbers, 'address-numbers'),
  };
}
