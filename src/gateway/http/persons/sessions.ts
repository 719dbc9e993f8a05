import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AcceptedBody, MessageBody } from '../../../protocol/bodies.ts';
import { Id } from '../../../protocol/identifiers.ts';
import { postMessage } from '../../../service/http/json-route.ts';
import { acceptHolder } from '../../core/disclosure/accept-holder.ts';
import type { Gateway } from '../../core/gateway.ts';
import { MESSAGE_ERRORS } from '../errors.ts';
import { personOf, tokenOf } from './person-of.ts';

const Challenge = z.strictObject({
  challenge: Id.describe('For the card to sign, once'),
  token: z.string().describe('Counts once the registry has vouched for the card’s holder'),
  until: z.iso.datetime().describe('When the challenge is over'),
});

/** How the person concerned logs in: a challenge from here, signed by the card, taken to the registry. */
export function personSessionsRoutes(app: OpenAPIHono, gateway: Gateway): void {
  const tags = ['persons'];
  postMessage(app, {
    path: '/v1/persons/challenges',
    tags,
    summary: 'Begin to log in as the person concerned: a challenge for the card',
    request: z.strictObject({}),
    responses: { 201: Challenge },
    errors: ['rate_limited'],
    handle() {
      const { challenge, token, until } = gateway.persons.begin();
      return { status: 201, body: { challenge, token, until: new Date(until).toISOString() } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/card-holders',
    tags,
    summary: 'By the registry: who holds the card that signed a challenge',
    request: MessageBody,
    responses: { 200: AcceptedBody },
    errors: [...MESSAGE_ERRORS, 'not_authenticated'],
    async handle({ message }) {
      await acceptHolder(gateway, message);
      return { status: 200, body: { accepted: 1 } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/log-out',
    tags,
    summary: 'End the session',
    request: z.strictObject({}),
    responses: { 200: AcceptedBody },
    errors: ['not_authenticated'],
    handle(_message, context) {
      personOf(gateway, context);
      gateway.persons.end(tokenOf(context));
      return { status: 200, body: { accepted: 1 } };
    },
  });
}
