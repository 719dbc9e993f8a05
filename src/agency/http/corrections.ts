import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { MessageBody, ProvenBody } from '../../protocol/bodies.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { type CorrectionView, corrections } from '../../protocol/node-api/corrections.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { approveCorrection, declineCorrection } from '../core/corrections/decide.ts';
import type { OwnCorrection } from '../core/corrections/ports.ts';
import {
  listCorrections,
  proposeCorrection,
  takeUpCorrection,
} from '../core/corrections/propose.ts';
import { receiveCorrection, receiveCorrectionRequest } from '../core/corrections/receive.ts';
import type { AgencyNode } from '../core/node.ts';
import { type Authenticate, staffOf } from './principal.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];
const STEP: readonly ErrorCode[] = [...STAFF, 'not_found', 'state_conflict'];

/** Corrections of this agency’s own records, by two people (番号法31条; R-702). */
export function correctionsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...corrections.list,
    summary: 'Corrections of this agency’s records, asked for, proposed and decided on',
    errors: STAFF,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'corrections.show');
      const listed = await listCorrections(node, by);
      return { status: 200, body: { corrections: listed.map(viewOf) } };
    },
  });
  postMessage(app, {
    ...corrections.propose,
    summary: 'Propose what this agency’s record of an exchange should say',
    errors: [...STEP, 'list_copy_stale'],
    async handle({ exchange, facts }, context) {
      const by = staffOf(authenticate, context, 'corrections.propose', { exchange });
      const proposed = await proposeCorrection(node, by, exchange, facts);
      return { status: 201, body: viewOf(proposed) };
    },
  });
  postMessage(app, {
    ...corrections.takeUp,
    summary: 'Take up what the person concerned asks for, and propose it',
    errors: STEP,
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'corrections.propose');
      return { status: 200, body: viewOf(await takeUpCorrection(node, by, idIn(context))) };
    },
  });
  const decisions = [
    [
      'approve',
      corrections.approve,
      'Approve as another person: it is told to all',
      approveCorrection,
    ],
    ['decline', corrections.decline, 'Turn it down as another person', declineCorrection],
  ] as const;
  for (const [name, operation, summary, act] of decisions) {
    postMessage(app, {
      ...operation,
      summary,
      errors: [...STEP, 'approval_required', 'approval_by_same_person'],
      async handle(_body, context) {
        const by = staffOf(authenticate, context, `corrections.${name}`);
        return { status: 200, body: viewOf(await act(node, by, idIn(context))) };
      },
    });
  }
}

/** POST /v1/correction-notices and /v1/correction-requests, by the gateway. */
export function correctionMessagesRoutes(app: OpenAPIHono, node: AgencyNode): void {
  const errors: readonly ErrorCode[] = [
    ...(['signature_invalid', 'clock_skew', 'permit_mismatch', 'storage_full'] as const),
    ...(['agency_unknown', 'list_copy_stale', 'message_replayed'] as const),
  ];
  postMessage(app, {
    path: '/v1/correction-notices',
    summary: 'Take what the other agency of an exchange has corrected',
    request: ProvenBody,
    responses: { 200: ProvenBody },
    errors: [...errors, 'record_unproven', 'log_inconsistent'],
    handle: async (body) => ({ status: 200, body: await receiveCorrection(node, body) }),
  });
  postMessage(app, {
    path: '/v1/correction-requests',
    summary: 'Take what the person concerned asks this agency to correct',
    request: MessageBody,
    responses: { 200: MessageBody },
    errors: [...errors, 'not_found', 'state_conflict'],
    handle: async ({ message }) => ({
      status: 200,
      body: { message: await receiveCorrectionRequest(node, message) },
    }),
  });
}

const idIn = (context: Context): string => context.req.param('id') ?? '';
const instant = (ms: number): string => new Date(ms).toISOString();

const viewOf = (it: OwnCorrection): CorrectionView => ({
  id: it.id,
  exchange: it.exchange,
  state: it.state,
  byPerson: it.request !== undefined,
  inquirer: it.inquirer,
  provider: it.provider,
  facts: it.facts,
  ...(it.proposedBy !== undefined && { proposedBy: it.proposedBy }),
  ...(it.decidedBy !== undefined && { decidedBy: it.decidedBy }),
  createdAt: instant(it.createdAt),
  ...(it.decidedAt !== undefined && { decidedAt: instant(it.decidedAt) }),
  told: it.told,
});
