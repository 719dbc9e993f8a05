import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode, Principal } from '../core/node.ts';
import type { Review } from '../core/ports.ts';
import { approve, decline, review, showReview } from '../core/review.ts';
import { type Authenticate, principalOf } from './principal.ts';

const ReviewView = z.strictObject({
  exchange: Id,
  state: z.enum(['waiting', 'reviewed', 'approved', 'declined']),
  restricted: z.boolean().describe('The copy is non-disclosable (不開示)'),
  integratedAddressNumber: z.string(),
  createdAt: z.string(),
  reviewer: z.string().optional(),
  approver: z.string().optional(),
});

const ReviewContent = z.strictObject({
  review: ReviewView,
  inquirer: z.string(),
  affair: z.string(),
  item: z.string(),
  information: z.string(),
  content: z.array(CopyRecord).describe('What would be sent'),
});

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'not_found'];

/** The review queue of a provider: one member of staff reviews, another approves or declines. */
export function reviewsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/reviews',
    summary: 'Requests that wait for review or approval',
    responses: { 200: z.strictObject({ reviews: z.array(ReviewView) }) },
    errors: ERRORS,
    handle(_query, context) {
      principalOf(authenticate, context, 'staff');
      const reviews = node.store.read.reviews(['waiting', 'reviewed']).map(viewOf);
      return { status: 200, body: { reviews } };
    },
  });
  getJson(app, {
    path: '/v1/reviews/{exchange}',
    summary: 'One request with the content that would be sent',
    responses: { 200: ReviewContent },
    errors: ERRORS,
    handle(_query, context) {
      principalOf(authenticate, context, 'staff');
      const shown = showReview(node, context.req.param('exchange') ?? '');
      const { inquirer, affair, item, information } = shown.provision.subject;
      const content = JSON.parse(shown.copy?.records ?? '[]');
      const about = { inquirer, affair, item, information, content };
      return { status: 200, body: { review: viewOf(shown.review), ...about } };
    },
  });
  step(app, node, authenticate, 'review', 'The content may be sent', review);
  step(
    app,
    node,
    authenticate,
    'approve',
    'Approve as another member of staff: it is sent',
    approve,
  );
  step(app, node, authenticate, 'decline', 'Decline as another member of staff', decline);
}

function step(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
  name: string,
  summary: string,
  act: (node: AgencyNode, by: Principal, exchange: string) => Promise<Review>,
): void {
  postMessage(app, {
    path: `/v1/reviews/{exchange}/${name}`,
    summary,
    request: z.strictObject({}),
    responses: { 200: ReviewView },
    errors: [...ERRORS, 'approval_required', 'approval_by_same_person', 'state_conflict'],
    async handle(_body, context) {
      const by = principalOf(authenticate, context, 'staff');
      return {
        status: 200,
        body: viewOf(await act(node, by, context.req.param('exchange') ?? '')),
      };
    },
  });
}

const viewOf = (it: Review) => ({
  exchange: it.exchange,
  state: it.state,
  restricted: it.restricted,
  integratedAddressNumber: it.integratedAddressNumber,
  createdAt: new Date(it.createdAt).toISOString(),
  reviewer: it.reviewer,
  approver: it.approver,
});
