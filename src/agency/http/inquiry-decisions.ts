import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Digest } from '../../protocol/identifiers.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { approveInquiry, declineInquiry } from '../core/inquiries/decide.ts';
import { confirm, takeOver } from '../core/inquiries/take-over.ts';
import type { AgencyNode } from '../core/node.ts';
import { InquiryView, inquiryReply } from './inquiry-view.ts';
import { type Authenticate, staffOf } from './principal.ts';

const STEP: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'not_found',
  'state_conflict',
  'approval_by_same_person',
  'storage_full',
];
const VIEWS = { 200: InquiryView, 202: InquiryView };
const PATH = '/v1/inquiries/{id}';

/** What two people do about an inquiry of a terminal: approval before it, confirmation after it. */
export function inquiryDecisionsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: `${PATH}/approve`,
    summary: 'Approve an inquiry that somebody else made at a terminal: it is sent',
    request: z.strictObject({
      digest: Digest.describe('As shown by GET: only what was seen is approved'),
    }),
    responses: VIEWS,
    errors: STEP,
    async handle({ digest }, context) {
      const by = staffOf(authenticate, context, 'inquiries.approve');
      const id = context.req.param('id') ?? '';
      // The result is looked at by GET, so that the look is in the log.
      return inquiryReply(node, await approveInquiry(node, by, id, digest), false);
    },
  });
  postMessage(app, {
    path: `${PATH}/decline`,
    summary: 'Decline an inquiry that somebody else made at a terminal: it is never sent',
    request: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: VIEWS,
    errors: STEP,
    async handle({ reason }, context) {
      const by = staffOf(authenticate, context, 'inquiries.decline');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await declineInquiry(node, by, id, reason), false);
    },
  });
  postMessage(app, {
    path: `${PATH}/taken-over`,
    summary: 'The result was registered in the business system by hand',
    request: z.strictObject({}),
    responses: VIEWS,
    errors: STEP,
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'inquiries.take-over');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await takeOver(node, by, id), false);
    },
  });
  postMessage(app, {
    path: `${PATH}/confirm`,
    summary: 'What somebody else registered by hand agrees with the result',
    request: z.strictObject({}),
    responses: VIEWS,
    errors: [...STEP, 'approval_required'],
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'inquiries.confirm');
      const id = context.req.param('id') ?? '';
      return inquiryReply(node, await confirm(node, by, id), false);
    },
  });
}
