import { KUMAGAYA, MATSUE, type TestNetwork, viewOf } from './test-network.ts';
import type { Wire } from './wire.ts';

/** A run with a bit of everything: answers, none, denials, reviews, a refusal, failures, something left pending. */
export async function busyRun(net: TestNetwork, wire: Wire): Promise<void> {
  const step = async (exchange: string, last: 'approve' | 'decline') => {
    await net.step('review', exchange, 'tanto');
    await net.step(last, exchange, 'jocho');
  };
  for (let times = 0; times < 5; times += 1) await net.inquire(net.somebody('ordinary'));
  await net.inquire(net.somebody('no-copy'));
  await net.inquire(net.somebody('no-code-there'));
  await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  await net.inquire(net.somebody('ordinary'), { item: '28', information: '住民票関係情報' });
  for (const last of ['approve', 'decline'] as const) {
    const { exchange = '' } = viewOf(
      await net.inquire(await net.flagged({ autoResponseDisabled: true })),
    );
    await step(exchange, last);
    await net.settled();
  }
  const kept = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  wire.fault = ({ pathname }) => (pathname === '/v1/deliveries' ? 'refused' : undefined);
  await step(kept.exchange ?? '', 'approve');
  await net.settled();
  for (const path of ['/v1/provide-requests', '/v1/query', '/v1/permits']) {
    wire.fault = ({ pathname }) => (pathname === path ? 'reply-lost' : undefined);
    await net.inquire(net.somebody('ordinary'));
  }
  wire.fault = undefined;
  await net.inquire(await net.flagged({ nonDisclosable: true }));
  await net.inquire(
    net.somebody('ordinary', KUMAGAYA, MATSUE),
    { provider: MATSUE },
    { inquirer: KUMAGAYA },
  );
  await net.settled();
}
