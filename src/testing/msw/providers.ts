import type { Network, NetworkOptions } from '../../network/network.ts';
import { datedBy } from '../../network/world/layouts.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { provideRequest } from '../../protocol/messages/provide-request.ts';
import type { Primed } from './primed.ts';
import { readMessage } from './seen.ts';

type Made = Parameters<NonNullable<NetworkOptions['gatewayOverrides']>>[0];
type Nodes = Made['nodes'];
type Primable = NonNullable<ReturnType<typeof takeProvide>>;

const takeProvide = (primed: Primed) => primed.take('provide');

/**
 * How the gateway reaches the providers: as it always does, unless something is primed for the next one.
 * @param complain told what could not be done
 */
export function primableNodes(
  nodes: Nodes,
  primed: Primed,
  network: () => Network,
  complain: (words: string) => void,
): Nodes {
  return {
    ...nodes,
    async provide(agency, body) {
      const outcome = takeProvide(primed);
      if (outcome?.kind === 'unavailable') throw new RenkeiError('provider_unavailable');
      if (outcome?.kind === 'timeout') throw new RenkeiError('provider_timeout');
      const putBack = outcome && (await changeCopy(network(), agency, body.message, outcome));
      if (outcome && !putBack) complain(`next.${outcome.kind}(): ${agency} holds no such copy`);
      try {
        return await nodes.provide(agency, body);
      } finally {
        await putBack?.();
      }
    },
  };
}

/** Lets a provider hold something else while it answers. @returns what puts it back, or nothing if it holds none */
async function changeCopy(network: Network, agency: string, token: string, outcome: Primable) {
  const { claims } = readMessage(JSON.stringify({ message: token })) ?? {};
  const { person, information } = provideRequest.claims.parse(claims);
  const store = network.agencies.get(agency)?.node.store;
  const number = store?.read.personOf(person);
  const today = japaneseDay(network.clock.now());
  const held = number === undefined ? undefined : store?.read.copy(number, information, today);
  if (!store || number === undefined) return undefined;
  if (outcome.kind !== 'provide') {
    if (!held) return undefined;
    await store.transact((tx) => tx.putCopy({ ...held, autoResponseDisabled: true }));
    return () => store.transact((tx) => tx.putCopy(held));
  }
  const { records, layoutVersion = held?.layoutVersion ?? 'T-1' } = outcome;
  const rows = records.map((record) => ({ ...record }));
  const changed = {
    integratedAddressNumber: number,
    published: held?.published,
    ...{ information, layoutVersion, datedBy: datedBy(layoutVersion, rows) },
    records: JSON.stringify(rows),
    autoResponseDisabled: false,
    nonDisclosable: false,
  };
  await store.transact((tx) => tx.putCopy(changed));
  // A node forgets no copy: where there was none, this one stays.
  return () => (held ? store.transact((tx) => tx.putCopy(held)) : Promise.resolve());
}
