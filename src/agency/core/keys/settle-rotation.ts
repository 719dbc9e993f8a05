import { numericDate } from '../../../protocol/day.ts';
import { sha256 } from '../../../protocol/digest.ts';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import { signMessage } from '../../../protocol/message.ts';
import { keyChange } from '../../../protocol/messages/key-change.ts';
import { keyProof } from '../../../protocol/messages/key-proof.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyTx } from '../ports.ts';
import { keepDirectory, keptDirectory, refreshDirectory, tolerate } from '../refresh-directory.ts';
import { type FirstKey, openKey } from './own-keys.ts';
import type { SigningKey } from './ports.ts';

/** The gateway will never take this key. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['state_conflict', 'message_malformed']);

/**
 * Goes on with a rotation that was begun, wherever it stopped: the gateway may know the key already. The node
 * signs with it once the directory names it.
 * @throws RenkeiError gateway_unavailable, or what the gateway refuses it with
 */
export async function settleRotation(node: AgencyNode): Promise<void> {
  const pending = node.store.read.keys().find(({ state }) => state === 'announced');
  if (!pending) return;
  const fresh = await openKey(node.vault, pending);
  try {
    if (!isNamed(node, pending)) await announce(node, pending, fresh);
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    // The reply to an earlier attempt may have been lost, and with `revoke` the old key as well.
    await refreshDirectory(node).catch(tolerate);
    if (!isNamed(node, pending)) {
      if (FINAL.has(error.code)) await giveUp(node, pending);
      throw error;
    }
  }
  const known = await node.store.transact((tx) => adopt(node, tx, pending));
  if (known) node.keys.take(known, fresh.signer);
}

async function announce(node: AgencyNode, { old = 'retire' }: SigningKey, fresh: FirstKey) {
  const { signer } = node.keys;
  const claims = () =>
    ({
      iss: node.code,
      aud: GATEWAY,
      jti: node.newId(),
      iat: numericDate(node.clock.now()),
      key: { ...fresh.publicKey, use: 'node' },
      replaces: signer.kid,
    }) as const;
  const proof = await signMessage(keyProof, claims(), fresh.signer);
  const message = await signMessage(keyChange, { ...claims(), old, proof }, signer);
  node.observe({ kind: 'key-change', from: node.code, to: GATEWAY, ids: [fresh.publicKey.kid] });
  const reply = await node.gateway.changeKey(message);
  await keepDirectory(node, reply.message).catch(tolerate);
  if (isNamed(node, fresh.publicKey)) return;
  throw new RenkeiError('signature_invalid', {
    ja: '機関名簿に新しい鍵がありません',
    en: 'The directory does not name the new key',
  });
}

/** Whether this node’s copy of the directory names a key as this node’s own. */
const isNamed = (
  { code, directory }: AgencyNode,
  { kid, x }: Pick<SigningKey, 'kid' | 'x'>,
): boolean => directory.find(code)?.keys.some((key) => key.kid === kid && key.x === x) ?? false;

/** From now on the node signs with it; what becomes of those before it is as the directory says. */
function adopt(node: AgencyNode, tx: AgencyTx, pending: SigningKey) {
  const mine = tx.keys().find(({ kid }) => kid === pending.kid);
  if (mine?.state !== 'announced') return undefined;
  const listed = node.directory.find(node.code)?.keys ?? [];
  for (const before of node.keys.known) {
    if (before.state !== 'current' && before.state !== 'retiring') continue;
    const found = listed.find(({ kid }) => kid === before.kid);
    tx.putKey({
      ...before,
      ...(found
        ? { state: 'retiring', retiresAt: found.retiresAt }
        : { state: 'revoked', seed: undefined }),
    });
  }
  tx.putKey({ ...mine, state: 'current', since: node.clock.now(), old: undefined });
  const statement = keptDirectory(tx);
  tx.record({
    kind: 'keys_changed',
    at: node.clock.now(),
    ...(statement !== undefined && { statement: sha256(statement) }),
  });
  return tx.keys();
}

/** A key that the gateway refuses for good is forgotten, with its secret. */
async function giveUp(node: AgencyNode, { kid }: SigningKey): Promise<void> {
  const known = await node.store.transact((tx) => {
    tx.dropKey(kid);
    return tx.keys();
  });
  node.keys.take(known);
}

/** What is due: a key whose overlap is over is erased with its secret; a rotation that was begun goes on. */
export async function maintainKeys(node: AgencyNode): Promise<void> {
  const now = node.clock.now() / 1000;
  const isOver = ({ state, retiresAt }: SigningKey) =>
    state === 'retiring' && retiresAt !== undefined && retiresAt <= now;
  if (node.keys.known.some(isOver)) {
    const known = await node.store.transact((tx) => {
      for (const key of tx.keys().filter(isOver)) {
        tx.putKey({ ...key, state: 'retired', seed: undefined });
      }
      return tx.keys();
    });
    node.keys.take(known);
  }
  await settleRotation(node).catch(tolerate);
}
