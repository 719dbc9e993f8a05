import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { getJson } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const PATIENCE_MS = 1000;

const Status = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** `up` answers; `down` was switched off; `silent` does not answer in a second. */
  health: z.enum(['up', 'down', 'silent']),
  /** What the node says of itself at /v1/status: list copy, reviews, reconciliation. No content, no persons. */
  status: z.record(z.string(), z.unknown()).optional(),
});

/** GET /v1/parties/status: how every node is, as it says itself. */
export function statusesRoute(app: OpenAPIHono, network: Watched): void {
  getJson(app, {
    path: '/v1/parties/status',
    summary: 'How every agency’s node is, as it says itself at /v1/status',
    responses: { 200: z.strictObject({ agencies: z.array(Status) }) },
    errors: OPERATOR_ERRORS,
    async handle() {
      const agencies = await Promise.all(
        network.config.agencies.map(async ({ code, name }) => ({
          ...{ code, name },
          ...(await statusOf(network.agencies.get(code)?.url)),
        })),
      );
      return { status: 200, body: { agencies } };
    },
  });
}

async function statusOf(
  url: string | undefined,
): Promise<Pick<z.infer<typeof Status>, 'health' | 'status'>> {
  if (url === undefined) return { health: 'down' };
  try {
    const answer = await fetch(`${url}/v1/status`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { health: 'up', status: z.record(z.string(), z.unknown()).parse(await answer.json()) };
  } catch {
    return { health: 'silent' };
  }
}
