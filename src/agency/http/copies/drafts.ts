import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { drafts } from '../../../protocol/node-api/drafts.ts';
import { getJson, postMessage } from '../../../service/http/json-route.ts';
import { approveDraft, checkDraft, rejectDraft } from '../../core/copies/decide-draft.ts';
import { enterDraft } from '../../core/copies/enter-draft.ts';
import { showDraft } from '../../core/copies/show-draft.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { draftView, entryOf, shownDraftView } from './draft-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const STEP: readonly ErrorCode[] = [...STAFF, 'not_found', 'state_conflict'];

/** Copies by hand: entered by one, checked by another, approved by a third. */
export function draftsRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  enterAndShow(app, node, authenticate);
  postMessage(app, {
    ...drafts.check,
    summary: 'Check a draft that somebody else entered',
    errors: [...STEP, 'approval_by_same_person'],
    async handle({ digest }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.check');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: draftView(await checkDraft(node, by, id, digest)) };
    },
  });
  postMessage(app, {
    ...drafts.approve,
    summary: 'Approve a draft as a third person: it takes effect',
    errors: [...STEP, 'approval_required', 'approval_by_same_person'],
    async handle({ digest }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.approve');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: draftView(await approveDraft(node, by, id, digest)) };
    },
  });
  postMessage(app, {
    ...drafts.reject,
    summary: 'Turn a draft down, or take it back: it never takes effect',
    errors: STEP,
    async handle({ reason }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.check');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: draftView(await rejectDraft(node, by, id, reason)) };
    },
  });
}

function enterAndShow(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postMessage(app, {
    ...drafts.enter,
    summary:
      'Enter a copy by hand, correct, end or delete one: nothing happens until it is approved',
    errors: [...STAFF, 'not_found', 'state_conflict'],
    async handle(request, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.enter');
      const draft = await enterDraft(node, by, request.id ?? node.newId(), entryOf(request));
      return { status: 201, body: draftView(draft) };
    },
  });
  getJson(app, {
    ...drafts.list,
    summary: 'Drafts, the oldest first; without their content',
    errors: STAFF,
    handle({ state, after, limit }, context) {
      copiesStaffOf(authenticate, context, 'copies.show');
      const states = state === 'open' ? (['entered', 'checked'] as const) : [state];
      const listed = node.store.read.drafts(states, after, limit).map(draftView);
      const next = listed.length === limit ? listed.at(-1)?.id : undefined;
      return { status: 200, body: { drafts: listed, ...(next !== undefined && { next }) } };
    },
  });
  getJson(app, {
    ...drafts.show,
    summary: 'A draft with its content, what it would replace, and the difference',
    errors: [...STAFF, 'not_found'],
    async handle(_query, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.show');
      const shown = await showDraft(node, by, context.req.param('id') ?? '');
      return { status: 200, body: shownDraftView(shown) };
    },
  });
}
