import { AcceptedBody } from '../../protocol/bodies.ts';
import { callParty, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { Registry } from '../core/registry.ts';

/** The gateway over HTTP, as the registry reaches it. */
export const httpGateway = (
  http: HttpClient,
  url: () => string,
): Pick<Registry, 'sendToGateway' | 'sendHolder'> => {
  const send = async (path: string, message: string, hint: { ja: string; en: string }) => {
    const { accepted } = await callParty(http, {
      url: `${url()}${path}`,
      body: { message },
      reply: AcceptedBody,
      unavailable: unavailableAs('gateway_unavailable', hint),
    });
    return accepted;
  };
  return {
    sendToGateway: (message) =>
      send('/v1/codes', message, {
        ja: '接続が回復したら、もう一度取得してください',
        en: 'Acquire again once the gateway is back',
      }),
    async sendHolder(message) {
      await send('/v1/persons/card-holders', message, {
        ja: '接続が回復したら、もう一度ログインしてください',
        en: 'Log in again once the gateway is back',
      });
    },
  };
};
