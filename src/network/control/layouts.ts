import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { getJson } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const LayoutView = z.strictObject({
  information: z.string().describe('Code of the kind of information'),
  name: z.string(),
  version: z.string(),
  items: z.array(z.string()).describe('Names of the items, in order'),
});

/** GET /v1/layouts: which items the records of a kind of information have, in their order. */
export function layoutsRoute(app: OpenAPIHono, { layouts }: Watched): void {
  getJson(app, {
    path: '/v1/layouts',
    tags: ['law'],
    summary: 'Layouts (版) of the kinds of information: the items of a record, in order',
    responses: { 200: z.strictObject({ layouts: z.array(LayoutView) }) },
    errors: OPERATOR_ERRORS,
    handle: () => ({
      status: 200,
      body: {
        layouts: layouts.all.map(({ information, name, version, items }) => ({
          ...{ information, name, version },
          items: items.map(({ item }) => item.name),
        })),
      },
    }),
  });
}
