import type { OpenAPIHono } from '@hono/zod-openapi';
import { INQUIRY_CURSOR, inquiries } from '../../protocol/node-api/inquiries.ts';
import { getJson } from '../../service/http/json-route.ts';
import { listInquiries } from '../core/inquiries/list.ts';
import type { InquiryPlace } from '../core/inquiries/ports.ts';
import type { AgencyNode } from '../core/node.ts';
import { callerOf } from './caller.ts';
import { viewOf } from './inquiry-view.ts';
import type { Authenticate } from './principal.ts';

/** GET /v1/inquiries: a business system’s own, or those of terminals, newest first, without results. */
export function inquiryListRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...inquiries.list,
    summary: 'How far inquiries are, newest first, without results',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited'],
    async handle({ state, since, unconfirmed, after, limit, ...rest }, context) {
      const by = callerOf(node, authenticate, context, 'inquiries.show', { person: rest.person });
      const filter = {
        ...rest,
        states: state,
        since: since === undefined ? undefined : instantOf(since),
        unconfirmed: unconfirmed === 'true',
      };
      const { inquiries: found, next } = await listInquiries(
        node,
        by,
        filter,
        placeOf(after),
        limit,
      );
      const shown = found.map((each) => viewOf(node, each, false));
      return { status: 200, body: { inquiries: shown, ...(next && { next: cursorOf(next) }) } };
    },
  });
}

/** A day begins in Japan. */
const instantOf = (text: string): number =>
  Date.parse(text.length === 10 ? `${text}T00:00:00+09:00` : text);

function placeOf(cursor: string | undefined): InquiryPlace | undefined {
  const [, createdAt, id = ''] = INQUIRY_CURSOR.exec(cursor ?? '') ?? [];
  return createdAt === undefined ? undefined : { createdAt: Number(createdAt), id };
}

const cursorOf = ({ createdAt, id }: InquiryPlace): string => `${createdAt}.${id}`;
