import { numericDate } from '../../../protocol/day.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { signingKey } from '../../../protocol/keys.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { sealSeed } from './own-keys.ts';
import type { SigningKey } from './ports.ts';
import { settleRotation } from './settle-rotation.ts';

/**
 * Makes a new signing key, announces it and signs with it as soon as the directory names it. The key
 * before it counts on for the overlap, or `now` no more at all. A rotation that was begun is gone on with.
 * @returns whether it has come to its end; if the gateway cannot be reached, it is gone on with later
 * @throws RenkeiError state_conflict while the last overlap runs, and what the gateway refuses it with
 */
export async function rotateKey(
  node: AgencyNode,
  by: StaffMember,
  { now }: { readonly now: boolean },
): Promise<{ readonly settled: boolean }> {
  const old = now ? 'revoke' : 'retire';
  await begin(node, by, old);
  try {
    await settleRotation(node);
    return { settled: true };
  } catch (error) {
    if (!(error instanceof RenkeiError) || error.code !== 'gateway_unavailable') throw error;
    return { settled: false };
  }
}

async function begin(node: AgencyNode, by: StaffMember, old: 'retire' | 'revoke'): Promise<void> {
  const kid = nextKid(node);
  const seed = node.randomness.bytes(32);
  const { publicKey } = await signingKey(seed, kid, 'node');
  const sealed = sealSeed(node.vault, kid, seed);
  seed.fill(0);
  const known = await node.store.transact((tx) => {
    const keys = tx.keys();
    const announced = keys.find(({ state }) => state === 'announced');
    if (announced && (announced.old === old || old === 'retire')) return keys;
    if (old === 'retire') mayRetire(node, keys);
    tx.note(done(node, by, 'keys.rotate'));
    tx.putKey(
      announced
        ? { ...announced, old }
        : { kid, x: publicKey.x, state: 'announced', seed: sealed, madeAt: node.clock.now(), old },
    );
    return tx.keys();
  });
  node.keys.take(known);
}

/** A kid that no key of this node has had. */
function nextKid({ code, keys: { known } }: AgencyNode): string {
  const numbers = known.map(({ kid }) => Number(/\.(\d{1,9})$/.exec(kid)?.[1] ?? 0));
  return `${code}.node.${Math.max(0, ...numbers) + 1}`;
}

function mayRetire({ clock }: AgencyNode, keys: readonly SigningKey[]): void {
  const now = numericDate(clock.now());
  const until = keys.find(
    ({ state, retiresAt }) => state === 'retiring' && (retiresAt === undefined || now < retiresAt),
  )?.retiresAt;
  if (until === undefined) return;
  const when = new Date(until * 1000).toISOString();
  throw new RenkeiError('state_conflict', {
    ja: '前回の鍵の切替えの重複期間が終わっていません',
    en: 'The overlap of the last rotation is not over',
    hint: {
      ja: `${when} 以降に行うか、鍵が漏れたおそれがあるときは now を指定してください`,
      en: `Do it after ${when}, or \`now\` if the key may have leaked`,
    },
  });
}
