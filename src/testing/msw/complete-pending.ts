import type { TestNetwork } from '../network/test-network.ts';

/** What became of an answer that came later. */
export interface Completed {
  readonly exchange: string;
  /** The node under development took it and sent its receipt; otherwise the gateway keeps it for `collect`. */
  readonly delivered: boolean;
  /** Why the node did not take it. */
  readonly code?: string;
}

/** Has everything that waits at the providers reviewed by one person and approved, or declined, by another. */
export async function completePending(
  network: TestNetwork,
  agency: string,
  step: 'approve' | 'decline',
): Promise<Completed[]> {
  const exchanges: string[] = [];
  const before = network.journal.last;
  for (const { code } of network.network.config.agencies) {
    if (code === agency || !network.network.agencies.has(code)) continue;
    const { reviews } = network.client(code);
    for (const { exchange, state } of await reviews.list()) {
      if (state === 'waiting') await reviews.review(exchange);
      await reviews[step](exchange);
      exchanges.push(exchange);
    }
  }
  await network.settled();
  const kept = network.journal.after(before).filter(({ kind }) => kind === 'delivery-kept');
  return exchanges.map((exchange) => {
    const code = kept.find(({ ids }) => ids.includes(exchange))?.outcome;
    const { gateway } = network.recordsOf(exchange);
    const delivered = gateway.some(({ kind }) => kind === 'delivered');
    return { exchange, delivered, ...(code !== undefined && { code }) };
  });
}
