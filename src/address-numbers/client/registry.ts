import { AcceptedBody } from '../../protocol/bodies.ts';
import { callParty, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { RegistryClient } from '../core/ports.ts';

/** The resident registry over HTTP. */
export const httpRegistry =
  (http: HttpClient, url: () => string): RegistryClient =>
  async (message) => {
    const { accepted } = await callParty(http, {
      url: `${url()}/v1/code-requests`,
      body: { message },
      reply: AcceptedBody,
      unavailable: unavailableAs('provider_unavailable', {
        ja: '住民基本台帳ネットワークの代役が動いていることを確かめてください',
        en: 'See that the resident registry stand-in runs',
      }),
    });
    return accepted;
  };
