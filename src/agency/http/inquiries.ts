import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ERRORS, isErrorCode, RenkeiError } from '../../protocol/errors.ts';
import {
  AgencyCode,
  Id,
  IntegratedAddressNumber,
  ItemNumber,
  Period,
} from '../../protocol/identifiers.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { inquire } from '../core/inquire.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Inquiry } from '../core/ports.ts';
import { InquiryView, viewOf } from './inquiry-view.ts';
import { type Authenticate, principalOf } from './principal.ts';

const Name = z.string().min(1).max(1000);

const InquiryRequest = z
  .strictObject({
    id: Id.optional().describe('Chosen by the caller, so that asking again never asks twice'),
    integratedAddressNumber: IntegratedAddressNumber,
    item: ItemNumber.optional().describe('Item (項) of the permission list'),
    affair: Name.optional().describe('Affair (事務), name or code'),
    provider: AgencyCode,
    information: Name.describe('Kind of information (特定個人情報), name or code'),
    period: Period.optional(),
  })
  .refine(({ item, affair }) => item !== undefined || affair !== undefined, 'item or affair');

/** POST /v1/inquiries, GET /v1/inquiries/{id}, by business systems. */
export function inquiriesRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: '/v1/inquiries',
    summary: 'Make an inquiry and wait for its result, or for `pending`',
    request: InquiryRequest,
    responses: { 200: InquiryView, 202: InquiryView },
    errors: [
      'not_authenticated',
      'not_authorised',
      'inquirer_not_listed',
      'code_not_acquired',
      'state_conflict',
      'provider_unavailable',
      'provider_timeout',
      'gateway_unavailable',
      'storage_full',
    ],
    async handle({ id = node.newId(), affair, information, ...rest }, context) {
      const by = principalOf(authenticate, context, 'business-system');
      const ask = {
        id,
        ...rest,
        ...(affair !== undefined && {
          affair: /^JM\d{14}$/.test(affair) ? affair : affairCode(affair),
        }),
        information: /^TM\d{14}$/.test(information) ? information : informationCode(information),
      };
      const inquiry = await inquire(node, by, ask).catch((error) =>
        Promise.reject(naming(id, error)),
      );
      if (inquiry.state === 'denied') throw denialOf(inquiry);
      const ended = !['asking', 'permitted', 'pending', 'open'].includes(inquiry.state);
      return { status: ended ? 200 : 202, body: viewOf(inquiry) };
    },
  });
  getJson(app, {
    path: '/v1/inquiries/{id}',
    summary: 'How far an inquiry has come, and its result while it is kept',
    responses: { 200: InquiryView },
    errors: ['not_authenticated', 'not_authorised', 'not_found'],
    handle(_query, context) {
      const by = principalOf(authenticate, context, 'business-system');
      const inquiry = node.store.read.inquiry(context.req.param('id') ?? '');
      // One business system does not see another’s inquiries, nor that they exist.
      if (inquiry?.by !== by.id) throw new RenkeiError('not_found');
      return { status: 200, body: viewOf(inquiry) };
    },
  });
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
