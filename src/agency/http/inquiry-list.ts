import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AgencyCode, Day, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { getJson } from '../../service/http/json-route.ts';
import { listInquiries } from '../core/inquiries/list.ts';
import type { InquiryPlace } from '../core/inquiries/ports.ts';
import type { AgencyNode } from '../core/node.ts';
import { callerOf } from './caller.ts';
import { INQUIRY_STATES, InquiryView, viewOf } from './inquiry-view.ts';
import type { Authenticate } from './principal.ts';

const CURSOR = /^([0-9]{1,15})\.([A-Za-z0-9_-]{22})$/;
const State = z.enum(INQUIRY_STATES);

const Query = z.strictObject({
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(State).max(INQUIRY_STATES.length))
    .optional()
    .describe('One or several, with commas'),
  by: z.string().min(1).max(64).optional().describe('Who made it; oneself unless one may approve'),
  person: IntegratedAddressNumber.optional(),
  provider: AgencyCode.optional(),
  since: z
    .union([Day, z.iso.datetime({ offset: true })])
    .optional()
    .describe('A day in Japan, or an instant'),
  unconfirmed: z.enum(['true', 'false']).optional().describe('Taken over by hand, not confirmed'),
  after: z.string().regex(CURSOR).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** GET /v1/inquiries: a business system’s own, or those of terminals, newest first, without results. */
export function inquiryListRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/inquiries',
    summary: 'How far inquiries are, newest first, without results',
    query: Query,
    responses: {
      200: z.strictObject({ inquiries: z.array(InquiryView), next: z.string().optional() }),
    },
    errors: ['not_authenticated', 'not_authorised', 'rate_limited'],
    async handle({ state, since, unconfirmed, after, limit, ...rest }, context) {
      const by = callerOf(node, authenticate, context, 'inquiries.show', { person: rest.person });
      const filter = {
        ...rest,
        states: state,
        since: since === undefined ? undefined : instantOf(since),
        unconfirmed: unconfirmed === 'true',
      };
      const { inquiries, next } = await listInquiries(node, by, filter, placeOf(after), limit);
      const shown = inquiries.map((each) => viewOf(node, each, false));
      return { status: 200, body: { inquiries: shown, ...(next && { next: cursorOf(next) }) } };
    },
  });
}

/** A day begins in Japan. */
const instantOf = (text: string): number =>
  Date.parse(text.length === 10 ? `${text}T00:00:00+09:00` : text);

function placeOf(cursor: string | undefined): InquiryPlace | undefined {
  const [, createdAt, id = ''] = CURSOR.exec(cursor ?? '') ?? [];
  return createdAt === undefined ? undefined : { createdAt: Number(createdAt), id };
}

const cursorOf = ({ createdAt, id }: InquiryPlace): string => `${createdAt}.${id}`;
