import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { CorrectionAsked, CorrectionRequestView, HistoryPage } from '../../protocol/history.ts';
import { AgencyCode, Day, Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { PROBLEM_TYPE, problemSchema } from '../../service/http/problem.ts';
import type { Watched } from '../network.ts';
import { firstCardOf } from '../persons/find-card.ts';
import { logInWithCard } from '../persons/log-in.ts';
import { OPERATOR_ERRORS } from './errors.ts';
import { passOn } from './pass-on.ts';

/** Who the gateway is to take the call for: a token of POST /v1/persons/sessions. */
export const PERSON_AUTHORIZATION = 'x-person-authorization';

/**
 * The persons concerned, as they sit at their own computers: POST /v1/persons/sessions puts somebody’s simulated card
 * into the reader and logs them in; the rest of /v1/persons/… is the gateway’s, for a console that knows the control
 * plane alone. The operator’s token opens this door; the gateway wants the person’s own.
 */
export function personsRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['persons'];
  const who = {
    resident: IntegratedAddressNumber.describe('As an agency numbers them'),
    agency: AgencyCode.optional().describe('Which one; not needed where only one has it'),
  };
  postMessage(app, {
    path: '/v1/persons/cards',
    tags,
    summary: 'A resident’s card is lost, and revoked at the registry; or a new one is issued',
    request: z.strictObject({ ...who, change: z.enum(['revoke', 'issue']) }),
    responses: {
      200: z.strictObject({ card: Id.describe('The serial of the card that they have now') }),
    },
    errors: [...OPERATOR_ERRORS, 'not_found', 'storage_full'],
    async handle({ resident, agency, change }) {
      const { registry, cards } = network;
      const first = firstCardOf(network, resident, agency);
      await (change === 'revoke' ? registry.revokeCard(first) : registry.issueCard(first));
      const now = cards.make(first, registry.currentNumber(first));
      if (!now) throw new RenkeiError('not_found');
      return { status: 200, body: { card: now.serial } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/sessions',
    tags,
    summary: 'Log in as an invented resident, with their simulated card',
    request: z.strictObject(who),
    responses: { 201: z.strictObject({ token: z.string() }) },
    errors: [
      ...OPERATOR_ERRORS,
      'not_found',
      'rate_limited',
      'signature_invalid',
      'clock_skew',
      'message_replayed',
      'gateway_unavailable',
      'storage_full',
    ],
    async handle({ resident, agency }) {
      const first = firstCardOf(network, resident, agency);
      const card = network.cards.card(first, network.registry.currentNumber(first));
      if (!card) throw new RenkeiError('not_found');
      const token = await logInWithCard(network, card);
      return { status: 201, body: { token } };
    },
  });
  const problem = { content: { [PROBLEM_TYPE]: { schema: problemSchema } } };
  const said = { description: 'What the gateway answers', ...problem };
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/persons/history',
    tags,
    summary: 'The gateway’s history of whoever the token in x-person-authorization is of',
    request: {
      query: z.strictObject({
        from: Day.optional(),
        until: Day.optional(),
        after: Id.optional(),
        limit: z.string().optional(),
      }),
    },
    responses: {
      200: {
        description: 'What the gateway answers',
        content: { 'application/json': { schema: HistoryPage } },
      },
      400: said,
      401: said,
      500: said,
      502: said,
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/persons/corrections',
    tags,
    summary: 'Ask for a correction, as whoever the token in x-person-authorization is of',
    request: {
      body: { required: true, content: { 'application/json': { schema: CorrectionAsked } } },
    },
    responses: {
      201: {
        description: 'What the gateway answers',
        content: { 'application/json': { schema: CorrectionRequestView } },
      },
      ...{ 400: said, 401: said, 404: said, 409: said, 413: said, 500: said, 502: said, 507: said },
    },
  });
  const atGateway = (context: Context) => {
    const { pathname, search } = new URL(context.req.url);
    const url = `${network.gateway.url}${pathname}${search}`;
    return passOn(context, url, context.req.header(PERSON_AUTHORIZATION), 'gateway_unavailable');
  };
  app.get('/v1/persons/history', atGateway);
  app.post('/v1/persons/corrections', atGateway);
}
