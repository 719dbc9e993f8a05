import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { Digest, Id } from '../../../protocol/identifiers.ts';
import { getJson, postMessage } from '../../../service/http/json-route.ts';
import { approveDraft, checkDraft, rejectDraft } from '../../core/copies/decide-draft.ts';
import { enterDraft } from '../../core/copies/enter-draft.ts';
import { showDraft } from '../../core/copies/show-draft.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import {
  DRAFT_STATES,
  DraftRequest,
  DraftView,
  draftView,
  entryOf,
  ShownDraftView,
  shownDraftView,
} from './draft-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const STEP: readonly ErrorCode[] = [...STAFF, 'not_found', 'state_conflict'];
const PATH = '/v1/copies/drafts';
const Seen = z.strictObject({ digest: Digest.describe('As shown: only what was seen counts') });

/** Copies by hand: entered by one, checked by another, approved by a third. */
export function draftsRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  enterAndShow(app, node, authenticate);
  postMessage(app, {
    path: `${PATH}/{id}/check`,
    summary: 'Check a draft that somebody else entered',
    request: Seen,
    responses: { 200: DraftView },
    errors: [...STEP, 'approval_by_same_person'],
    async handle({ digest }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.check');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: draftView(await checkDraft(node, by, id, digest)) };
    },
  });
  postMessage(app, {
    path: `${PATH}/{id}/approve`,
    summary: 'Approve a draft as a third person: it takes effect',
    request: Seen,
    responses: { 200: DraftView },
    errors: [...STEP, 'approval_required', 'approval_by_same_person'],
    async handle({ digest }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.approve');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: draftView(await approveDraft(node, by, id, digest)) };
    },
  });
  postMessage(app, {
    path: `${PATH}/{id}/reject`,
    summary: 'Turn a draft down, or take it back: it never takes effect',
    request: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: { 200: DraftView },
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
    path: PATH,
    summary:
      'Enter a copy by hand, correct, end or delete one: nothing happens until it is approved',
    request: DraftRequest,
    responses: { 201: DraftView },
    errors: [...STAFF, 'not_found', 'state_conflict'],
    async handle(request, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.enter');
      const draft = await enterDraft(node, by, request.id ?? node.newId(), entryOf(request));
      return { status: 201, body: draftView(draft) };
    },
  });
  getJson(app, {
    path: PATH,
    summary: 'Drafts, the oldest first; without their content',
    query: z.strictObject({
      state: z
        .enum([...DRAFT_STATES, 'open'])
        .default('open')
        .describe('open: entered or checked'),
      after: Id.optional().describe('The last draft of the page before'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    responses: {
      200: z.strictObject({ drafts: z.array(DraftView), next: Id.optional() }),
    },
    errors: STAFF,
    handle({ state, after, limit }, context) {
      copiesStaffOf(authenticate, context, 'copies.show');
      const states = state === 'open' ? (['entered', 'checked'] as const) : [state];
      const drafts = node.store.read.drafts(states, after, limit).map(draftView);
      const next = drafts.length === limit ? drafts.at(-1)?.id : undefined;
      return { status: 200, body: { drafts, ...(next !== undefined && { next }) } };
    },
  });
  getJson(app, {
    path: `${PATH}/{id}`,
    summary: 'A draft with its content, what it would replace, and the difference',
    responses: { 200: ShownDraftView },
    errors: [...STAFF, 'not_found'],
    async handle(_query, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.show');
      const shown = await showDraft(node, by, context.req.param('id') ?? '');
      return { status: 200, body: shownDraftView(shown) };
    },
  });
}
