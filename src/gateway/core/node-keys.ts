import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import type { DirectoryKey } from '../../protocol/messages/directory.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayReads, GatewayTx } from './ports.ts';

/** A key that a node has or had. One that was revoked is kept so that it never comes back. */
export interface KnownKey extends DirectoryKey {
  readonly revoked?: true;
}

/** The keys as they are kept, with the digest of those that the agency was registered with. */
interface Kept {
  readonly of: string;
  readonly keys: readonly KnownKey[];
}

const metaOf = (code: string): string => `node-keys ${code}`;

/** All keys that an agency’s node has had; those of its registration until they change. */
export function knownKeys(
  gateway: Gateway,
  reads: GatewayReads,
  code: string,
): readonly KnownKey[] {
  const registered = registeredKeys(gateway, code);
  const text = reads.meta(metaOf(code));
  const kept: Kept | undefined = text === undefined ? undefined : JSON.parse(text);
  // A registration that was itself rewritten since then (in the configuration) counts as it is written.
  return kept?.of === sha256(canonicalJson(registered)) ? kept.keys : registered;
}

export function keepKeys(
  gateway: Gateway,
  tx: GatewayTx,
  code: string,
  keys: readonly KnownKey[],
): void {
  const kept: Kept = { of: sha256(canonicalJson(registeredKeys(gateway, code))), keys };
  tx.setMeta(metaOf(code), JSON.stringify(kept));
}

/** Goes by the keys that are durable now. Each must have been prepared (`AgencyBook.prepare`). */
export function takeKeys(gateway: Gateway, code: string): void {
  const keys = knownKeys(gateway, gateway.store.read, code);
  gateway.agencies.takeNodeKeys(
    code,
    keys.filter(({ revoked }) => !revoked),
  );
}

/** After a start: takes the keys that nodes announced before. */
export async function restoreKeys(gateway: Gateway): Promise<void> {
  for (const { code } of gateway.agencies.all()) {
    if (gateway.store.read.meta(metaOf(code)) === undefined) continue;
    for (const key of knownKeys(gateway, gateway.store.read, code)) {
      await gateway.agencies.prepare(key);
    }
    takeKeys(gateway, code);
  }
}

const registeredKeys = (gateway: Gateway, code: string): DirectoryKey[] =>
  gateway.agencies.registered(code).keys.filter(({ use }) => use === 'node');
