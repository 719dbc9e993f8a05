import { z } from 'zod';
import { Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { HeldPersons } from '../../protocol/node-api/retention.ts';
import { callParty, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { NodeClient } from '../core/ports.ts';

const DAY = 86_400_000;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);

const Begun = z.strictObject({
  acquisitions: z.array(
    z.strictObject({ integratedAddressNumber: IntegratedAddressNumber, acquisition: Id }),
  ),
});
const Linked = z.strictObject({ copies: z.int(), changed: z.int() });
const Changed = z.looseObject({ moved: z.looseObject({}) });

/** The agency’s own node over HTTP, with the credential it gave this system. */
export function httpNode(http: HttpClient, url: () => string, token: string): NodeClient {
  const own = {
    headers: { authorization: `Bearer ${token}` },
    unavailable: unavailableAs('provider_unavailable', {
      ja: '自機関の中間サーバーが動いていることを確かめてください',
      en: 'See that the agency’s own node runs',
    }),
  };
  return {
    async beginAcquisition(persons) {
      const call = { ...own, url: `${url()}/v1/acquisitions`, body: { persons }, reply: Begun };
      const { acquisitions } = await callParty(http, call);
      return acquisitions;
    },
    async held() {
      const call = { ...own, url: `${url()}/v1/log/held-persons`, reply: HeldPersons };
      const { vouchedUntil, holds } = await callParty(http, call);
      return {
        vouched: vouchedUntil === undefined ? undefined : Date.parse(vouchedUntil),
        holds: holds.map(({ integratedAddressNumber: person, from, until }) => ({
          person,
          from: from === undefined ? undefined : midnight(from),
          until: until === undefined ? undefined : midnight(until) + DAY,
        })),
      };
    },
    async putCopies(copies) {
      const call = { ...own, url: `${url()}/v1/copies/linkage`, body: { copies }, reply: Linked };
      return (await callParty(http, call)).changed;
    },
    async changePersons({ kind, ...body }) {
      await callParty(http, { ...own, url: `${url()}/v1/persons/${kind}`, body, reply: Changed });
    },
  };
}
