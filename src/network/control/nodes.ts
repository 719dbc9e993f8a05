import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { PROBLEM_TYPE, problemSchema } from '../../service/http/problem.ts';
import type { Watched } from '../network.ts';
import { checkLent, LENT, withoutContent } from './try-inquiry.ts';

/** Who the node is to take the call for: its own business, so it comes through untouched. */
export const NODE_AUTHORIZATION = 'x-node-authorization';

const PASSED = ['content-type', 'accept'] as const;
const RETURNED = ['content-type', 'content-disposition', 'retry-after'] as const;

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
  app.on(['GET', 'POST'], '/v1/nodes/:agency/*', (context) => passOn(context, network));
}

async function passOn({ req }: Context, network: Watched): Promise<Response> {
  const agency = req.param('agency') ?? '';
  const running = network.agencies.get(agency);
  if (!running) throw new RenkeiError('not_found');
  const url = new URL(req.url);
  const prefix = `/v1/nodes/${agency}`;
  const headers = new Headers();
  for (const name of PASSED) {
    const value = req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const path = url.pathname.slice(prefix.length);
  const told = req.header(NODE_AUTHORIZATION);
  if (told === LENT) checkLent(req.method, path);
  const credential = credentialOf(told, network, agency);
  if (credential !== undefined) headers.set('authorization', credential);
  const answer = await fetch(`${running.url}${path}${url.search}`, {
    method: req.method,
    headers,
    redirect: 'manual',
    ...(req.method === 'POST' && { body: req.raw.body, duplex: 'half' as const }),
  }).catch((cause: unknown) => {
    throw new RenkeiError('provider_unavailable', {}, { cause });
  });
  const kept = new Headers({ 'cache-control': 'no-store' });
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  const { status } = answer;
  return told === LENT
    ? new Response(JSON.stringify(withoutContent(await answer.json())), { status, headers: kept })
    : new Response(answer.body, { status, headers: kept });
}

/** The header as it is, or the token that is lent. */
function credentialOf(told: string | undefined, { credentials }: Watched, agency: string) {
  if (told !== LENT) return told;
  const token = credentials.get(agency)?.businessSystem;
  return token === undefined ? undefined : `Bearer ${token}`;
}
