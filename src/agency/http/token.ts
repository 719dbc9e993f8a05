import type { OpenAPIHono } from '@hono/zod-openapi';
import { token } from '../../protocol/node-api/business-systems.ts';
import { postForm } from '../../service/http/form-route.ts';
import { issueToken, TOKEN_SECONDS } from '../core/business-systems/issue-token.ts';
import type { AgencyNode } from '../core/node.ts';

/** POST /v1/token, by business systems: a token for an assertion (RFC 6749 §4.4, RFC 7523 §2.2). */
export function tokenRoute(app: OpenAPIHono, node: AgencyNode): void {
  postForm(app, {
    ...token,
    summary: 'Log in as a business system: a token for a signed client assertion (private_key_jwt)',
    mayHoldNumbers: ['client_assertion'],
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
