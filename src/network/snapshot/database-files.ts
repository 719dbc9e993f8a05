import { agencyFile, gatewayFile, registryFile, type Storage } from '../storage.ts';
import type { Databases } from './snapshot.ts';

export interface DatabaseFile {
  readonly path: string;
  readonly party: string;
  readonly what: 'gateway' | 'registry' | 'node' | 'address-numbers';
  readonly bytes: Uint8Array;
}

/** Which database lies in which file of a folder. */
export function databaseFiles(
  storage: Extract<Storage, { kind: 'folder' }>,
  { gateway, registry, nodes, addressNumbers }: Databases,
): DatabaseFile[] {
  const of = (what: 'node' | 'address-numbers', all: Readonly<Record<string, Uint8Array>>) =>
    Object.entries(all).map(([party, bytes]) => ({
      ...{ path: agencyFile(storage, party, what), party, what, bytes },
    }));
  return [
    { path: gatewayFile(storage), party: 'gateway', what: 'gateway', bytes: gateway },
    { path: registryFile(storage), party: 'registry', what: 'registry', bytes: registry },
    ...of('node', nodes),
    ...of('address-numbers', addressNumbers),
  ];
}
