import type { Person } from '../../src/network/world/holdings.ts';
import type { Reply } from './call.ts';
import { KUMAGAYA, type TestNetwork } from './test-network.ts';

export const VACCINATING = '予防接種法による予防接種の実施に関する事務';

/** Calls of one agency’s address-number system. */
export function personsOf(net: TestNetwork, agency = KUMAGAYA) {
  const party = `${agency} address-numbers`;
  const token = (who: string) => ({ token: net.token(party, who) });
  const post = (who: string, path: string, body: object): Promise<Reply> =>
    net.post(party, path, body, token(who));
  const get = (who: string, path: string): Promise<Reply> => net.get(party, path, token(who));
  const held = net.network.world.agencies.get(agency)?.persons ?? [];
  return {
    party,
    post,
    get,
    /** For the affair that the ready officers are in charge of. */
    ask: (who: string, path: string, body: object) =>
      post(who, path, { affair: VACCINATING, ...body }),
    show: (who: string, person: string, affair = VACCINATING) =>
      get(who, `/v1/persons/${person}?affair=${encodeURIComponent(affair)}`),
    /** A person of the world, as this agency knows them. */
    person: (at = 0): Person => {
      const found = held[at];
      if (!found) throw new RangeError('nobody');
      return found;
    },
    /** The access log from here on, as an auditor reads it. */
    log: async (query = ''): Promise<Record<string, unknown>[]> =>
      (await get('kansa', `/v1/access-log?limit=1000&${query}`)).json.lines as never,
  };
}
