import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ASSERTION_TYPE, GRANT_TYPE } from '../../protocol/client-assertion.ts';
import { postForm } from '../../service/http/form-route.ts';
import { issueToken, TOKEN_SECONDS } from '../core/business-systems/issue-token.ts';
import type { AgencyNode } from '../core/node.ts';

const TokenRequest = z.strictObject({
  grant_type: z.literal(GRANT_TYPE),
  client_assertion_type: z.literal(ASSERTION_TYPE),
  client_assertion: z.string().min(1).max(8192),
  client_id: z.string().max(64).optional().describe('The assertion says it; not needed'),
});

/** POST /v1/token, by business systems: a token for an assertion (RFC 6749 §4.4, RFC 7523 §2.2). */
export function tokenRoute(app: OpenAPIHono, node: AgencyNode): void {
  postForm(app, {
    path: '/v1/token',
    summary: 'Log in as a business system: a token for a signed client assertion (private_key_jwt)',
    request: TokenRequest,
    mayHoldNumbers: ['client_assertion'],
    responses: {
      200: z.strictObject({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.int().describe('Seconds'),
      }),
    },
    errors: ['not_authenticated', 'message_replayed', 'rate_limited', 'storage_full'],
    handle: async ({ client_assertion }) => ({
      status: 200,
      body: {
        access_token: await issueToken(node, client_assertion),
        token_type: 'Bearer' as const,
        expires_in: TOKEN_SECONDS,
      },
    }),
  });
}
