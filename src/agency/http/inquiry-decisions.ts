import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { inquiries } from '../../protocol/node-api/inquiries.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { approveInquiry, declineInquiry } from '../core/inquiries/decide.ts';
import { confirm, takeOver } from '../core/inquiries/take-over.ts';
import type { AgencyNode } from '../core/node.ts';
import { inquiryReply } from './inquiry-view.ts';
import { type Authenticate, staffOf } from './principal.ts';

const STEP: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'not_found',
  'state_conflict',
  'approval_by_same_person',
  'storage_full',
];

/** What two people do about an inquiry of a terminal: approval before it, confirmation after it. */
export function inquiryDecisionsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...inquiries.approve,
    summary: 'Approve an inquiry that somebody else made at a terminal: it is sent',
    errors: STEP,
    async handle({ digest }, context) {
      const by = staffOf(authenticate, context, 'inquiries.approve');
      const id = context.req.param('id') ?? '';
      // The result is looked at by GET, so that the look is in the log.
      return inquiryReply(node, await approveInquiry(node, by, id, digest), false);
    },
  });
  postMessage(app, {
    ...inquiries.decline,
    summary: 'Decline an inquiry that somebody else made at a terminal: it is never sent',
    errors: STEP,
    async handle({ reason }, context) {
      const by = staffOf(authenticate, context, 'inquiries.decline');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await declineInquiry(node, by, id, reason), false);
    },
  });
  postMessage(app, {
    ...inquiries.takenOver,
    summary: 'The result was registered in the business system by hand',
    errors: STEP,
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'inquiries.take-over');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await takeOver(node, by, id), false);
    },
  });
  postMessage(app, {
    ...inquiries.confirm,
    summary: 'What somebody else registered by hand agrees with the result',
    errors: [...STEP, 'approval_required'],
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'inquiries.confirm');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await confirm(node, by, id), false);
    },
  });
}
