import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Digest } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { approve, decline } from '../core/reviews/conclude.ts';
import { enter } from '../core/reviews/enter.ts';
import type { Review } from '../core/reviews/ports.ts';
import { returnReview } from '../core/reviews/return.ts';
import { review } from '../core/reviews/review.ts';
import { listReviews, showReview } from '../core/reviews/show.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { contentView, ReviewContent, ReviewReason, ReviewView, viewOf } from './review-view.ts';

const ERRORS: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'not_found',
  'storage_full',
];
const STEP_ERRORS: readonly ErrorCode[] = [
  ...ERRORS,
  'approval_required',
  'approval_by_same_person',
  'state_conflict',
  'agency_suspended',
  'list_copy_stale',
];

const Seen = z.strictObject({ seen: Digest });
const Why = z.strictObject({
  reason: ReviewReason,
  note: z
    .string()
    .regex(/^[^\p{Cc}]+$/u)
    .max(500)
    .optional()
    .describe('Kept sealed in this node, shown with the request to its staff, never sent'),
});
const Entry = z.strictObject({
  layoutVersion: z.string().min(1).max(64),
  records: z.array(CopyRecord).max(1000).describe('Empty: there is no record'),
});

/**
 * The review queue of a provider: one member of staff reviews, another approves, declines or returns (R-203,
 * ); where there is no copy, somebody first enters what the originals say.
 */
export function reviewsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/reviews',
    summary: 'Requests that wait for people, by due date',
    responses: { 200: z.strictObject({ reviews: z.array(ReviewView) }) },
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'reviews.show');
      const reviews = await listReviews(node, by);
      return { status: 200, body: { reviews: reviews.map((each) => viewOf(node, each)) } };
    },
  });
  getJson(app, {
    path: '/v1/reviews/{exchange}',
    summary: 'One request with the content that would be sent; that it was shown is recorded',
    responses: { 200: ReviewContent },
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'reviews.show');
      const shown = await showReview(node, by, exchangeIn(context));
      return { status: 200, body: contentView(node, by, shown) };
    },
  });
  const step = <Request extends z.ZodType>(
    name: 'enter' | 'review' | 'return' | 'approve' | 'decline',
    summary: string,
    request: Request,
    act: (
      node: AgencyNode,
      by: StaffMember,
      exchange: string,
      body: z.output<Request>,
    ) => Promise<Review>,
  ) =>
    postMessage(app, {
      path: `/v1/reviews/{exchange}/${name}`,
      summary,
      request,
      responses: { 200: ReviewView },
      errors: STEP_ERRORS,
      async handle(body, context) {
        const by = staffOf(authenticate, context, `reviews.${name}`);
        const after = await act(node, by, exchangeIn(context), body);
        return { status: 200, body: viewOf(node, after) };
      },
    });
  step('enter', 'Enter by hand what the originals say, where there is no copy', Entry, enter);
  step('review', 'The content that was shown may be sent', Seen, (_node, by, exchange, { seen }) =>
    review(node, by, exchange, seen),
  );
  step('return', 'Give it back to be reviewed again', Why, returnReview);
  step(
    'approve',
    'Approve what was shown, as another member of staff: it is sent',
    Seen,
    (_node, by, exchange, { seen }) => approve(node, by, exchange, seen),
  );
  step('decline', 'Decline as another member of staff', Why, decline);
}

const exchangeIn = (context: Context): string => context.req.param('exchange') ?? '';
