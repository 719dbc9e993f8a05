import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import {
  AffairCode,
  AgencyCode,
  IntegratedAddressNumber,
  ItemNumber,
} from '../../protocol/identifiers.ts';
import { listInForce } from '../../protocol/permission/in-force.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { examples, knownToBoth } from '../world/examples.ts';

const Resident = IntegratedAddressNumber.optional();

/** GET /v1/examples: invented residents to try inquiries with, by the inquirer’s integrated address numbers. */
export function examplesRoute(app: OpenAPIHono, network: Watched): void {
  getJson(app, {
    path: '/v1/examples',
    summary: 'Residents to try an inquiry between two agencies with',
    query: z.strictObject({ inquirer: AgencyCode, provider: AgencyCode }),
    responses: {
      200: z.strictObject({
        ordinary: Resident,
        autoResponseDisabled: Resident,
        noCodeAtProvider: Resident,
        protected: Resident,
      }),
    },
    errors: ['not_found'],
    handle({ inquirer, provider }) {
      const { agencies } = network.world;
      if (!agencies.has(inquirer) || !agencies.has(provider)) throw new RenkeiError('not_found');
      return { status: 200, body: examples(network.world, inquirer, provider) };
    },
  });
  getJson(app, {
    path: '/v1/examples/residents',
    summary:
      'Everybody whom two agencies know, and the affair of an item: enough for an inquiry file',
    query: z.strictObject({ inquirer: AgencyCode, provider: AgencyCode, item: ItemNumber }),
    responses: {
      200: z.strictObject({ affair: AffairCode, residents: z.array(IntegratedAddressNumber) }),
    },
    errors: ['not_found'],
    handle({ inquirer, provider, item }) {
      const { lists } = network.gateway.gateway.law.permission;
      const affair = listInForce(lists, japaneseDay(network.clock.now()))?.rowOf.get(item)?.affair;
      const { agencies } = network.world;
      if (!affair || !agencies.has(inquirer) || !agencies.has(provider)) {
        throw new RenkeiError('not_found');
      }
      const residents = [...knownToBoth(network.world, inquirer, provider)];
      return { status: 200, body: { affair: affair.code, residents } };
    },
  });
}
