import type { OpenAPIHono } from '@hono/zod-openapi';
import { DocumentBody, MessageBody } from '../../protocol/bodies.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';
import { publishLists } from '../core/publish.ts';

/** GET /v1/permission-lists: the signed statement; GET /v1/permission-lists/{digest}: what it names. */
export function permissionListsRoutes(app: OpenAPIHono, gateway: Gateway): void {
  getJson(app, {
    path: '/v1/permission-lists',
    summary: 'The signed statement of which permission lists count',
    responses: { 200: MessageBody },
    handle: async () => ({ status: 200, body: { message: await publishLists(gateway) } }),
  });
  getJson(app, {
    path: '/v1/permission-lists/{digest}',
    summary: 'A permission list or the role table by its digest',
    responses: { 200: DocumentBody },
    errors: ['not_found'],
    handle: (_query, context) => {
      const document = gateway.law.published.documents.get(context.req.param('digest') ?? '');
      if (document === undefined) throw new RenkeiError('not_found');
      return { status: 200, body: { document } };
    },
  });
}
