import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { LawItem } from '../../protocol/control-api/law-item.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { AgencyCode, ItemNumber, ListId } from '../../protocol/identifiers.ts';
import { listInForce } from '../../protocol/permission/in-force.ts';
import { holderOf } from '../../protocol/permission/roles.ts';
import { getJson } from '../../service/http/json-route.ts';
import { lawItem } from '../exchanges/law-item.ts';
import { allowedBetween, searchItems, whoMayAskWhom } from '../exchanges/law-search.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const List = z.strictObject({
  id: z.string(),
  title: z.string(),
  lawNumber: z.string(),
  from: z.string().optional(),
  until: z.string().optional(),
  inForce: z.boolean().describe('Now, by the network’s clock'),
  items: z.int(),
  provisions: z.int(),
});
const Named = z.strictObject({ code: z.string(), name: z.string() });
const Role = z.string().min(1).max(200);

const ItemsQuery = z.strictObject({
  text: z.string().max(200).optional().describe('Item number, affair or kind of information'),
  inquirer: Role.optional().describe('A role that may ask'),
  provider: Role.optional().describe('A role that may be asked'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(400).default(50),
});

/** GET /v1/law/…: the permission lists that the gateway goes by, searched and in full. */
export function lawRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['law'];
  const permission = () => network.gateway.gateway.law.permission;
  const listOf = (id: string | undefined) => {
    const list = permission().listOf.get(id ?? '');
    if (!list) throw new RenkeiError('not_found');
    return list;
  };
  const today = () => japaneseDay(network.clock.now());
  getJson(app, {
    path: '/v1/law/lists',
    tags,
    summary: 'The lists',
    responses: { 200: z.strictObject({ lists: z.array(List), roles: z.array(z.string()) }) },
    errors: OPERATOR_ERRORS,
    handle() {
      const { lists, roles } = permission();
      const current = listInForce(lists, today());
      return {
        status: 200,
        body: {
          roles: [...roles.keys()],
          lists: lists.map((list) => ({
            ...{ id: list.id, title: list.title, lawNumber: list.lawNumber },
            ...list.inForce,
            inForce: list === current,
            items: list.rowOf.size,
            provisions: list.provisions.length,
          })),
        },
      };
    },
  });
  getJson(app, {
    path: '/v1/law/lists/{list}/items',
    tags,
    summary: 'Items of a list, searched',
    query: ItemsQuery,
    responses: { 200: z.strictObject({ total: z.int(), items: z.array(LawItem) }) },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle({ text, inquirer, provider, offset, limit }, context) {
      const list = listOf(context.req.param('list'));
      const holder = (role: string | undefined) =>
        role === undefined ? undefined : holderOf(permission(), [role]);
      const found = searchItems(list, {
        text,
        inquirer: holder(inquirer),
        provider: holder(provider),
      });
      const items = found.slice(offset, offset + limit).map((row) => lawItem(list, row));
      return { status: 200, body: { total: found.length, items } };
    },
  });
  getJson(app, {
    path: '/v1/law/lists/{list}/items/{item}',
    tags,
    summary: 'An item in full',
    responses: { 200: LawItem },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle(_query, context) {
      const list = listOf(context.req.param('list'));
      const row = list.rowOf.get(context.req.param('item') ?? '');
      if (!row) throw new RenkeiError('not_found');
      return { status: 200, body: lawItem(list, row) };
    },
  });
  getJson(app, {
    path: '/v1/law/lists/{list}/matrix',
    tags,
    summary: 'How many kinds of information each role may ask each other role for',
    responses: {
      200: z.strictObject({
        rows: z.array(
          z.strictObject({ inquirer: z.string(), providers: z.record(z.string(), z.int()) }),
        ),
      }),
    },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle(_query, context) {
      const list = listOf(context.req.param('list'));
      const rows = [...whoMayAskWhom(list)].map(([inquirer, providers]) => ({
        inquirer,
        providers: Object.fromEntries(providers),
      }));
      return { status: 200, body: { rows } };
    },
  });
  getJson(app, {
    path: '/v1/law/allowed',
    tags,
    summary: 'What one agency may ask another now, item by item',
    query: z.strictObject({ inquirer: AgencyCode, provider: AgencyCode }),
    responses: {
      200: z.strictObject({
        list: ListId.nullable(),
        allowed: z.array(
          z.strictObject({ item: ItemNumber, affair: Named, information: z.array(Named) }),
        ),
      }),
    },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle({ inquirer, provider }) {
      const { agencies } = network.gateway.gateway;
      const [asking, asked] = [agencies.find(inquirer), agencies.find(provider)];
      if (!asking || !asked) throw new RenkeiError('not_found');
      const list = listInForce(permission().lists, today());
      const allowed = list ? allowedBetween(list, today(), asking.holder, asked.holder) : [];
      return {
        status: 200,
        body: {
          list: list?.id ?? null,
          allowed: allowed.map((each) => ({ ...each, information: [...each.information] })),
        },
      };
    },
  });
}
