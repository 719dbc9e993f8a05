import { AcceptedBody } from '../../protocol/bodies.ts';
import { callParty, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { Registry } from '../core/registry.ts';

/** The gateway over HTTP, as the registry reaches it. */
export const httpGateway =
  (http: HttpClient, url: () => string): Registry['sendToGateway'] =>
  async (message) => {
    const { accepted } = await callParty(http, {
      url: `${url()}/v1/codes`,
      body: { message },
      reply: AcceptedBody,
      unavailable: unavailableAs('gateway_unavailable', {
        ja: '接続が回復したら、もう一度取得してください',
        en: 'Acquire again once the gateway is back',
      }),
    });
    return accepted;
  };
