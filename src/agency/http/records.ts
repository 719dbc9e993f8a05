import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';
import { records } from '../../protocol/node-api/records.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { servesAffair } from '../core/staff/authority.ts';
import { done } from '../core/staff/operations.ts';
import type { Authority } from '../core/staff/roles.ts';
import { type Authenticate, staffOf } from './principal.ts';

/** GET /v1/records, by staff: this agency’s records of provision (番号法23条1項・2項), oldest first. */
export function recordsRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...records.list,
    summary: 'This agency’s records of provision',
    errors: ['not_authenticated', 'not_authorised', 'storage_full'],
    async handle({ after, limit }, context) {
      const by = staffOf(authenticate, context, 'records.show');
      const found = recordsFor(node, by.authority, after, limit);
      const line = done(node, by, 'records.show', { count: found.length });
      await node.store.transact((tx) => tx.note(line));
      return { status: 200, body: { records: found } };
    },
  });
}

const CHUNK = 1000;

/** The next records of the affairs that somebody may see. */
function recordsFor({ store }: AgencyNode, authority: Authority, after: number, limit: number) {
  if (authority.affairs === 'all') return [...store.read.records(after, limit)];
  const found: { seq: number; record: ProvisionRecord }[] = [];
  for (let from = after; ; ) {
    const chunk = store.read.records(from, CHUNK);
    found.push(...chunk.filter(({ record }) => servesAffair(authority, record.affair)));
    from = chunk.at(-1)?.seq ?? from;
    if (found.length >= limit || chunk.length < CHUNK) return found.slice(0, limit);
  }
}

/**
 * Whether somebody may see the whole log, of every affair.
 * @throws RenkeiError not_authenticated, not_authorised
 */
export function mayReadRecords(authenticate: Authenticate, context: Context): void {
  const { authority } = staffOf(authenticate, context, 'records.show');
  if (authority.affairs !== 'all') throw new RenkeiError('not_authorised');
}
