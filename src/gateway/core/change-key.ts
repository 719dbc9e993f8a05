import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { verifierOf } from '../../protocol/keys.ts';
import { type Opened, openMessage } from '../../protocol/message.ts';
import { type KeyChange, keyChange } from '../../protocol/messages/key-change.ts';
import { keyProof } from '../../protocol/messages/key-proof.ts';
import type { Gateway } from './gateway.ts';
import { type KnownKey, keepKeys, knownKeys, takeKeys } from './node-keys.ts';
import { publishDirectory } from './publish.ts';
import { orRecordRefusal, replayHorizon } from './receive.ts';

/**
 * Takes a node’s new signing key. The key before it counts on for the overlap, or no more at all. Key
 * and record are durable together, before the key counts. Announced again, it changes nothing.
 * @returns the signed directory that names the key
 * @throws RenkeiError signature_invalid, state_conflict, and what `receive` throws
 */
export async function changeKey(gateway: Gateway, token: string): Promise<string> {
  const opened = await openChange(gateway, token);
  const { claims, digest } = opened;
  const code = claims.iss;
  await orRecordRefusal(gateway, opened, {}, async () => {
    await checkProof(gateway, claims);
    await gateway.agencies.prepare(claims.key);
    await gateway.store.transact((tx) => {
      tx.claim(code, claims.jti, replayHorizon(gateway, claims));
      const before = knownKeys(gateway, tx, code);
      const after = changed(gateway, before, claims);
      if (!after) return;
      keepKeys(gateway, tx, code, after);
      tx.record({
        kind: 'keys_changed',
        at: gateway.clock.now(),
        message: claims.jti,
        statement: digest,
      });
    });
  });
  takeKeys(gateway, code);
  const ids = [claims.jti];
  gateway.observe({ kind: 'keys-changed', from: code, to: GATEWAY, ids, outcome: claims.old });
  return await publishDirectory(gateway);
}

/** Opens it with the key that is to be replaced, and no other of the agency. */
function openChange(gateway: Gateway, token: string): Promise<Opened<KeyChange>> {
  let signedWith = '';
  return openMessage(keyChange, token, {
    audience: GATEWAY,
    keyOf: (issuer, kid, iat) => {
      signedWith = kid;
      return gateway.agencies.verifier(issuer, kid, iat);
    },
    fresh: freshness(gateway),
  }).then((opened) => {
    if (opened.claims.replaces === signedWith) return opened;
    throw new RenkeiError('signature_invalid', {
      ja: '置き換える鍵で署名されていません',
      en: 'Not signed with the key that is to be replaced',
    });
  });
}

/** Whoever announces a key has its secret. @throws RenkeiError signature_invalid, message_malformed, clock_skew */
async function checkProof(gateway: Gateway, { iss, key, replaces, proof }: KeyChange) {
  const { claims } = await openMessage(keyProof, proof, {
    audience: GATEWAY,
    issuer: iss,
    keyOf: async (_issuer, kid) => {
      if (kid === key.kid) return await verifierOf(key);
      throw new RenkeiError('signature_invalid');
    },
    fresh: freshness(gateway),
  });
  const same = claims.key.kid === key.kid && claims.key.x === key.x;
  if (!same || claims.replaces !== replaces) throw new RenkeiError('signature_invalid');
}

const freshness = ({ clock, settings: { toleranceSeconds } }: Gateway) => ({
  now: clock.now(),
  toleranceSeconds,
});

/** The keys with the change, or undefined when it was made already. @throws RenkeiError state_conflict */
function changed(
  { clock, settings }: Gateway,
  before: readonly KnownKey[],
  { key, replaces, old }: KeyChange,
): readonly KnownKey[] | undefined {
  const now = numericDate(clock.now());
  const current = before.find(({ revoked, retiresAt }) => !revoked && retiresAt === undefined);
  if (current?.kid === key.kid && current.x === key.x) return undefined;
  // A name or a key that was ever used does not come back; only the current key has a successor.
  const used = before.some(({ kid, x }) => kid === key.kid || x === key.x);
  if (used || current?.kid !== replaces) throw new RenkeiError('state_conflict');
  const counts = ({ retiresAt }: KnownKey) => retiresAt === undefined || now < retiresAt;
  if (old === 'revoke') {
    return [
      key,
      ...before.map((each) => (counts(each) ? { ...each, revoked: true as const } : each)),
    ];
  }
  const overlap = before.find((each) => each !== current && !each.revoked && counts(each));
  if (overlap) throw stillOverlapping();
  const retiresAt = now + settings.keyOverlapSeconds;
  return [key, ...before.map((each) => (each === current ? { ...each, retiresAt } : each))];
}

const stillOverlapping = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '前回の鍵の切替えの重複期間が終わっていません',
    en: 'The overlap of the last rotation is not over',
  });
