import type { OpenAPIHono } from '@hono/zod-openapi';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { LENDING_STATES, media } from '../../../protocol/node-api/media.ts';
import { getJson, postMessage } from '../../../service/http/json-route.ts';
import { approveLending, askForMedium, rejectLending } from '../../core/media/lend.ts';
import { OPEN_LENDING } from '../../core/media/ports.ts';
import { acceptReturn, reportReturn } from '../../core/media/return.ts';
import type { AgencyNode } from '../../core/node.ts';
import { checkAffair } from '../../core/staff/authority.ts';
import { codeOfInformation } from '../copies/copy-view.ts';
import { type Authenticate, staffOf } from '../principal.ts';
import { staffOfLending } from './lending-of.ts';
import { lendingView } from './media-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const STEP: readonly ErrorCode[] = [...STAFF, 'not_found', 'state_conflict', 'storage_full'];
const DECISION: readonly ErrorCode[] = [...STEP, 'approval_by_same_person'];

/** Lending and return of media: asked for and given back by one, approved and accepted by another. */
export function lendingsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  askAndShow(app, node, authenticate);
  postMessage(app, {
    ...media.approve,
    summary: 'Lend a medium that somebody else asked for',
    errors: DECISION,
    async handle(_message, context) {
      const { by, id } = staffOfLending(node, authenticate, context, 'media.approve');
      return { status: 200, body: lendingView(node, await approveLending(node, by, id)) };
    },
  });
  postMessage(app, {
    ...media.reject,
    summary: 'Turn down what somebody else asked for',
    errors: DECISION,
    async handle({ reason }, context) {
      const { by, id } = staffOfLending(node, authenticate, context, 'media.reject');
      return { status: 200, body: lendingView(node, await rejectLending(node, by, id, reason)) };
    },
  });
  postMessage(app, {
    ...media.report,
    summary: 'Give a medium back, and say what became of the data',
    errors: STEP,
    async handle(told, context) {
      const { by, id } = staffOfLending(node, authenticate, context, 'media.return');
      return { status: 200, body: lendingView(node, await reportReturn(node, by, id, told)) };
    },
  });
  postMessage(app, {
    ...media.accept,
    summary: 'Take back into store what somebody else gives back',
    description: 'A medium that came back with data on it is not lent again, only retired.',
    errors: [...DECISION, 'approval_required'],
    async handle(_message, context) {
      const { by, id } = staffOfLending(node, authenticate, context, 'media.accept');
      return { status: 200, body: lendingView(node, await acceptReturn(node, by, id)) };
    },
  });
}

function askAndShow(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postMessage(app, {
    ...media.borrow,
    summary: 'Ask for a medium: nothing may be written until somebody else approves',
    errors: STEP,
    async handle({ id, ...asked }, context) {
      const information = codeOfInformation(asked.information);
      const about = { subject: asked.medium, information };
      const by = staffOf(authenticate, context, 'media.borrow', about);
      // As copies: for those whose authority is not limited to some affairs.
      checkAffair(by, undefined);
      const entry = { ...asked, information };
      const lending = await askForMedium(node, by, id ?? node.newId(), entry);
      return { status: 201, body: lendingView(node, lending) };
    },
  });
  getJson(app, {
    ...media.lendings,
    summary: 'Who asked for which medium, and what became of it; the oldest first',
    errors: STAFF,
    handle({ medium, state, after, limit }, context) {
      staffOf(authenticate, context, 'media.show');
      const states = state === 'open' ? OPEN_LENDING : state === 'all' ? LENDING_STATES : [state];
      const listed = node.store.read
        .lendings({ medium, states }, after, limit)
        .map((each) => lendingView(node, each));
      const next = listed.length === limit ? listed.at(-1)?.id : undefined;
      return { status: 200, body: { lendings: listed, ...(next !== undefined && { next }) } };
    },
  });
  getJson(app, {
    ...media.lending,
    summary: 'One of them',
    errors: [...STAFF, 'not_found'],
    handle(_query, context) {
      const { id } = staffOfLending(node, authenticate, context, 'media.show');
      const lending = node.store.read.lending(id);
      if (!lending) throw new RenkeiError('not_found');
      return { status: 200, body: lendingView(node, lending) };
    },
  });
}
