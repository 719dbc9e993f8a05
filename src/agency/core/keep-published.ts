import { sha256 } from '../../protocol/digest.ts';
import { type CommonClaims, claimsOf, type MessageKind } from '../../protocol/message.ts';
import type { AgencyNode } from './node.ts';
import type { AgencyTx } from './ports.ts';

const RECORDED = { directory: 'directory_changed', 'permission-lists': 'lists_changed' } as const;

/**
 * Keeps what the gateway published and this node took over. That another version took the place of the one before is
 * on record with it: what the node judged by, and from when on. The same version signed anew is no change.
 */
export function keepPublished<Claims extends CommonClaims & { readonly version: number }>(
  { clock }: Pick<AgencyNode, 'clock'>,
  tx: AgencyTx,
  kind: MessageKind<Claims>,
  name: keyof typeof RECORDED,
  statement: string,
): void {
  const before = tx.meta(name);
  tx.setMeta(name, statement);
  if (before === undefined) return;
  const { version, jti } = claimsOf(kind, statement);
  if (claimsOf(kind, before).version === version) return;
  tx.record({
    kind: RECORDED[name],
    at: clock.now(),
    message: jti,
    statement: sha256(statement),
  });
}
