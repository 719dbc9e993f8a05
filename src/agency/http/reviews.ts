import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { reviews, type ReviewStep as Step } from '../../protocol/node-api/reviews.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { approve, decline } from '../core/reviews/conclude.ts';
import { enter } from '../core/reviews/enter.ts';
import type { Review } from '../core/reviews/ports.ts';
import { returnReview } from '../core/reviews/return.ts';
import { review } from '../core/reviews/review.ts';
import { listReviews, showReview } from '../core/reviews/show.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { contentView, viewOf } from './review-view.ts';

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
    ...reviews.list,
    summary: 'Requests that wait for people, by due date',
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'reviews.show');
      const listed = await listReviews(node, by);
      return { status: 200, body: { reviews: listed.map((each) => viewOf(node, each)) } };
    },
  });
  getJson(app, {
    ...reviews.show,
    summary: 'One request with the content that would be sent; that it was shown is recorded',
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'reviews.show');
      const shown = await showReview(node, by, exchangeIn(context));
      return { status: 200, body: contentView(node, by, shown) };
    },
  });
  const step = <Request extends z.ZodType>(
    name: 'enter' | 'review' | 'return' | 'approve' | 'decline',
    operation: Step<Request>,
    summary: string,
    act: (
      node: AgencyNode,
      by: StaffMember,
      exchange: string,
      body: z.output<Request>,
    ) => Promise<Review>,
  ) =>
    postMessage(app, {
      ...operation,
      summary,
      errors: STEP_ERRORS,
      async handle(body, context) {
        const by = staffOf(authenticate, context, `reviews.${name}`);
        const after = await act(node, by, exchangeIn(context), body);
        return { status: 200, body: viewOf(node, after) };
      },
    });
  step(
    'enter',
    reviews.enter,
    'Enter by hand what the originals say, where there is no copy',
    enter,
  );
  step(
    'review',
    reviews.review,
    'The content that was shown may be sent',
    (_node, by, exchange, { seen }) => review(node, by, exchange, seen),
  );
  step('return', reviews.return, 'Give it back to be reviewed again', returnReview);
  step(
    'approve',
    reviews.approve,
    'Approve what was shown, as another member of staff: it is sent',
    (_node, by, exchange, { seen }) => approve(node, by, exchange, seen),
  );
  step('decline', reviews.decline, 'Decline as another member of staff', decline);
}

const exchangeIn = (context: Context): string => context.req.param('exchange') ?? '';
