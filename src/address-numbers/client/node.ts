import { z } from 'zod';
import { Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { callParty, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { NodeClient } from '../core/ports.ts';

const Begun = z.strictObject({
  acquisitions: z.array(
    z.strictObject({ integratedAddressNumber: IntegratedAddressNumber, acquisition: Id }),
  ),
});

/** The agency’s own node over HTTP, with the credential it gave this system. */
export const httpNode = (http: HttpClient, url: () => string, token: string): NodeClient => ({
  async beginAcquisition(persons) {
    const { acquisitions } = await callParty(http, {
      url: `${url()}/v1/acquisitions`,
      body: { persons },
      headers: { authorization: `Bearer ${token}` },
      reply: Begun,
      unavailable: unavailableAs('provider_unavailable', {
        ja: '自機関の中間サーバーが動いていることを確かめてください',
        en: 'See that the agency’s own node runs',
      }),
    });
    return acquisitions;
  },
});
