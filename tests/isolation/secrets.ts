import type { TestNetwork } from '../support/test-network.ts';
import type { Holdings } from './holdings.ts';

/** What is one agency’s alone: its people’s numbers and codes, what its copies say, what it calls things. */
export function secretsOf(net: TestNetwork, it: Holdings): readonly string[] {
  const { read } = net.network.agency(it.agency).node.store;
  const persons = net.network.world.agencies.get(it.agency)?.persons ?? [];
  const numbers = persons.flatMap(({ integratedAddressNumber, addressNumber }) => [
    integratedAddressNumber,
    addressNumber,
    ...[read.codeOf(integratedAddressNumber) ?? []].flat(),
  ]);
  // An exchange is of both.
  const { agency: _, exchange: __, ...own } = it;
  return [...new Set([...numbers, ...Object.values(own)])];
}

/** The same without what was sent: to be told one’s own words is no news. */
export const told = (text: string, secrets: readonly string[], sent: string): string[] =>
  secrets.filter((secret) => text.includes(secret) && !sent.includes(secret));
