import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { PROBLEM_TYPE, problemSchema } from '../../service/http/problem.ts';
import type { Watched } from '../network.ts';
import { passOn } from './pass-on.ts';
import { checkLent, LENT, withoutContent } from './try-inquiry.ts';

/** Who the node is to take the call for: its own business, so it comes through untouched. */
export const NODE_AUTHORIZATION = 'x-node-authorization';

/**
 * GET and POST /v1/nodes/{agency}/…: an agency’s node as its staff and business systems reach it, for a console that
 * knows the control plane alone. The operator’s token opens this door, not the node: that wants its own credential,
 * in `x-node-authorization`. `as=gyomu` lends the ready business system’s for an inquiry to try, whose answer comes
 * without its content.
 */
export function nodesRoutes(app: OpenAPIHono, network: Watched): void {
  const problem = { content: { [PROBLEM_TYPE]: { schema: problemSchema } } };
  const params = z.object({ agency: z.string(), path: z.string() });
  const body = { required: true, content: { 'application/json': { schema: z.unknown() } } };
  for (const method of ['get', 'post'] as const) {
    app.openAPIRegistry.registerPath({
      method,
      path: '/v1/nodes/{agency}/{path}',
      tags: ['nodes'],
      summary: 'An agency’s node, with a credential of that node in x-node-authorization',
      request: method === 'get' ? { params } : { params, body },
      responses: {
        200: { description: 'What the node answers', content: { '*/*': { schema: z.unknown() } } },
        400: { description: 'What the node answers', ...problem },
        404: { description: 'No such node runs, or what it answers', ...problem },
        500: { description: 'What the node answers', ...problem },
        502: { description: 'The node cannot be reached', ...problem },
      },
    });
  }
  app.on(['GET', 'POST'], '/v1/nodes/:agency/*', (context) => passedOn(context, network));
}

async function passedOn(context: Context, network: Watched): Promise<Response> {
  const agency = context.req.param('agency') ?? '';
  const running = network.agencies.get(agency);
  if (!running) throw new RenkeiError('not_found');
  const { pathname, search } = new URL(context.req.url);
  const path = pathname.slice(`/v1/nodes/${agency}`.length);
  const told = context.req.header(NODE_AUTHORIZATION);
  if (told === LENT) checkLent(context.req.method, path);
  const credential = credentialOf(told, network, agency);
  const url = `${running.url}${path}${search}`;
  const answer = await passOn(context, url, credential, 'provider_unavailable');
  if (told !== LENT) return answer;
  const { status, headers } = answer;
  return new Response(JSON.stringify(withoutContent(await answer.json())), { status, headers });
}

/** The header as it is, or the token that is lent. */
function credentialOf(told: string | undefined, { credentials }: Watched, agency: string) {
  if (told !== LENT) return told;
  const token = credentials.get(agency)?.businessSystem;
  return token === undefined ? undefined : `Bearer ${token}`;
}
