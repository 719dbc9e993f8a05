import { collect } from '../../protocol/messages/collect.ts';
import { delivered, deliveryOf } from './deliver.ts';
import type { Gateway } from './gateway.ts';
import type { SealedReply } from './ports.ts';
import { orRecordRefusal, receive, replayHorizon } from './receive.ts';

const AT_ONCE = 50;

/**
 * Forgets the answers that the inquirer has and hands over the next ones that are kept for it.
 * @returns at most fifty deliveries; `more` says that others wait
 */
export async function collectAnswers(
  gateway: Gateway,
  token: string,
): Promise<{ deliveries: SealedReply[]; more: boolean }> {
  const opened = await receive(gateway, collect, token);
  const { claims } = opened;
  const kept = await orRecordRefusal(gateway, opened, { inquirer: claims.iss }, () =>
    gateway.store.transact((tx) => {
      tx.claim(claims.iss, claims.jti, replayHorizon(gateway, claims));
      for (const exchange of claims.received) delivered(gateway, tx, claims.iss, exchange);
      return tx.kept(claims.iss, AT_ONCE + 1);
    }),
  );
  const deliveries = await Promise.all(
    kept.slice(0, AT_ONCE).map((each) => deliveryOf(gateway, claims.iss, each)),
  );
  return { deliveries, more: kept.length > AT_ONCE };
}
