import { RenkeiError } from '../../protocol/errors.ts';
import type { AgencyNode } from './node.ts';

type Keeper = Pick<AgencyNode, 'vault'>;
/** What of an inquiry is kept sealed only; the id and the column are its place. */
type Column = 'secret' | 'result' | 'decline_reason';

const placeOf = (column: Column, id: string): string => `inquiries ${id} ${column}`;

/** Seals bytes of an inquiry for the node’s storage; they open in that column of that inquiry only. */
export const sealAtRest = (
  { vault }: Keeper,
  column: Column,
  id: string,
  plain: Uint8Array,
): Uint8Array => vault.seal(plain, placeOf(column, id));

/** @throws RenkeiError internal for bytes that were not sealed there, or by another key */
export function openAtRest(
  { vault }: Keeper,
  column: Column,
  id: string,
  sealed: Uint8Array,
): Uint8Array {
  try {
    return vault.open(sealed, placeOf(column, id));
  } catch (cause) {
    throw new RenkeiError('internal', {}, { cause });
  }
}

/** A new one-time secret (X25519), sealed at once: it is opened to ask, and to open its answer. */
export function sealedSecret(node: Pick<AgencyNode, 'vault' | 'randomness'>, id: string) {
  const plain = node.randomness.bytes(32);
  const sealed = sealAtRest(node, 'secret', id, plain);
  plain.fill(0);
  return sealed;
}

/** What a provider answered, as it was sealed with the inquiry; JSON, or undefined when there is none (any more). */
export const resultOf = (
  node: Keeper,
  { id, result }: { readonly id: string; readonly result?: Uint8Array | undefined },
): string | undefined =>
  result && Buffer.from(openAtRest(node, 'result', id, result)).toString('utf8');

/** Why an inquiry was declined, as the supervisor wrote it. */
export const declineReasonOf = (
  node: Keeper,
  { id, declineReason }: { readonly id: string; readonly declineReason?: Uint8Array | undefined },
): string | undefined =>
  declineReason &&
  Buffer.from(openAtRest(node, 'decline_reason', id, declineReason)).toString('utf8');
