import type { OpenAPIHono } from '@hono/zod-openapi';
import { ERRORS, isErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { inquiries } from '../../protocol/node-api/inquiries.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { inquire } from '../core/inquire.ts';
import { requestInquiry } from '../core/inquiries/request.ts';
import { showInquiry } from '../core/inquiries/show.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Inquiry } from '../core/ports.ts';
import { callerOf } from './caller.ts';
import { inquiryDecisionsRoutes } from './inquiry-decisions.ts';
import { inquiryListRoute } from './inquiry-list.ts';
import { inquiryReply, viewOf } from './inquiry-view.ts';
import type { Authenticate } from './principal.ts';

/** POST /v1/inquiries, GET /v1/inquiries/{id}: by business systems, and by staff at terminals. */
export function inquiriesRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...inquiries.ask,
    summary:
      'Make an inquiry and wait for its result, or for `pending`; made at a terminal it is `requested`, and waits for its approval',
    errors: [
      'not_authenticated',
      'not_authorised',
      'rate_limited',
      'inquirer_not_listed',
      'code_not_acquired',
      'state_conflict',
      'provider_unavailable',
      'provider_timeout',
      'gateway_unavailable',
      'storage_full',
    ],
    async handle({ id = node.newId(), affair, information, ...rest }, context) {
      const ask = {
        id,
        ...rest,
        ...(affair !== undefined && {
          affair: /^JM\d{14}$/.test(affair) ? affair : affairCode(affair),
        }),
        information: /^TM\d{14}$/.test(information) ? information : informationCode(information),
      };
      const about = {
        person: ask.integratedAddressNumber,
        affair: ask.affair,
        information: ask.information,
      };
      const by = callerOf(node, authenticate, context, 'inquiries.ask', about);
      const asking = by.kind === 'staff' ? requestInquiry(node, by, ask) : inquire(node, by, ask);
      const inquiry = await asking.catch((error) => Promise.reject(naming(id, error)));
      if (by.kind === 'staff') return inquiryReply(node, inquiry, false);
      if (inquiry.state === 'denied') throw denialOf(inquiry);
      return inquiryReply(node, inquiry);
    },
  });
  inquiryListRoute(app, node, authenticate);
  getJson(app, {
    ...inquiries.show,
    summary: 'How far an inquiry has come, and its result while it is kept',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'not_found'],
    async handle(_query, context) {
      const by = callerOf(node, authenticate, context, 'inquiries.show');
      const id = context.req.param('id') ?? '';
      if (by.kind === 'staff') {
        const { inquiry, withResult } = await showInquiry(node, by, id);
        return { status: 200, body: viewOf(node, inquiry, withResult) };
      }
      const inquiry = node.store.read.inquiry(id);
      // One business system does not see another’s inquiries, nor that they exist.
      if (inquiry?.byKind !== by.kind || inquiry.by !== by.id) throw new RenkeiError('not_found');
      return { status: 200, body: viewOf(node, inquiry) };
    },
  });
  inquiryDecisionsRoutes(app, node, authenticate);
}

/** A denial as the gateway signed it: every reason, the ground, the nearest that the list allows. */
function denialOf({ id, exchange, code, denial }: Inquiry): RenkeiError {
  const { reasons = [], nearest = [], ground = '' } = JSON.parse(denial ?? '{}');
  const say = (language: 1 | 2) =>
    reasons
      .map((reason: string) => (isErrorCode(reason) ? ERRORS[reason][language] : ''))
      .join('; ');
  return new RenkeiError(code !== undefined && isErrorCode(code) ? code : 'internal', {
    ja: `${say(1)} (${ground})`,
    en: `${say(2)} (${ground})`,
    extensions: { inquiry: id, exchange, reasons, nearest, ground },
  });
}

const naming = (inquiry: string, error: unknown): unknown =>
  error instanceof RenkeiError
    ? new RenkeiError(
        error.code,
        { ...error.detail, extensions: { ...error.detail.extensions, inquiry } },
        { cause: error },
      )
    : error;
