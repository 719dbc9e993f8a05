import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { AgencyCode, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { examples } from '../world/examples.ts';

const Resident = IntegratedAddressNumber.optional();

/** GET /v1/examples: invented residents to try an inquiry with, by the inquirer’s integrated address numbers. */
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
}
