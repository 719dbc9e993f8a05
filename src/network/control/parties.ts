import type { OpenAPIHono } from '@hono/zod-openapi';
import { Parties, type Party } from '../../protocol/control-api/parties.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';

/** GET /v1/parties: who runs where. */
export function partiesRoute(app: OpenAPIHono, network: Watched): void {
  getJson(app, {
    path: '/v1/parties',
    summary: 'Who runs where, by which clock and seed',
    responses: {
      200: Parties,
    },
    handle: () => ({
      status: 200,
      body: {
        seed: network.config.seed,
        clock: network.config.clock,
        now: new Date(network.clock.now()).toISOString(),
        parties: partiesOf(network),
      },
    }),
  });
}

/** The parties that run now, with their addresses. */
export function partiesOf(network: Watched): Party[] {
  const agencies = network.config.agencies.flatMap(({ code, name, roles }) => {
    const running = network.agencies.get(code);
    return running ? [{ code, name, roles, url: running.url }] : [];
  });
  return [
    {
      code: 'gateway',
      name: '情報提供ネットワークシステム',
      roles: [],
      url: network.gateway.url,
    },
    {
      code: 'registry',
      name: '住民基本台帳ネットワーク（代役）',
      roles: [],
      url: network.registry.url,
    },
    ...agencies,
  ];
}
