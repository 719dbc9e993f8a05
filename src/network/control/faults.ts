import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { FaultSchema } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { MESSAGE_KINDS } from '../faults/message-kinds.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const Id = z.string().regex(/^f[0-9]{1,9}$/);
const Listed = z.strictObject({ id: Id, applied: z.int(), fault: FaultSchema });
const Nothing = z.strictObject({});

const ABOUT = `Left out means any. \`from\` and \`to\` are the sender and the receiver of the message that \
\`message\` names, or of the request when it names none; \`leg: "reply"\` beside a request’s name (or none) is the \
reply to it. \`delaySeconds\` go by the network’s clock. Names: ${MESSAGE_KINDS.join(', ')}.`;

/** GET and POST /v1/faults, POST /v1/faults/remove and /clear: what goes wrong between the parties. */
export function faultsRoutes(app: OpenAPIHono, faults: Faults): void {
  const tags = ['faults'];
  getJson(app, {
    path: '/v1/faults',
    tags,
    summary: 'The faults there are, and how often each has applied',
    responses: { 200: z.strictObject({ faults: z.array(Listed) }) },
    errors: OPERATOR_ERRORS,
    handle: () => ({ status: 200, body: { faults: listed(faults) } }),
  });
  postMessage(app, {
    path: '/v1/faults',
    tags,
    summary: 'Have messages go wrong from now on',
    description: ABOUT,
    request: FaultSchema,
    responses: { 201: z.strictObject({ id: Id }) },
    errors: OPERATOR_ERRORS,
    handle: (fault) => ({ status: 201, body: { id: faults.add(fault) } }),
  });
  postMessage(app, {
    path: '/v1/faults/remove',
    tags,
    summary: 'End a fault; what it holds goes on',
    request: z.strictObject({ id: Id }),
    responses: { 200: Nothing },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle({ id }) {
      if (!faults.remove(id)) throw new RenkeiError('not_found');
      return { status: 200, body: {} };
    },
  });
  postMessage(app, {
    path: '/v1/faults/clear',
    tags,
    summary: 'End all faults; what they hold goes on',
    request: Nothing,
    responses: { 200: Nothing },
    errors: OPERATOR_ERRORS,
    handle() {
      faults.clear();
      return { status: 200, body: {} };
    },
  });
}

const listed = (faults: Faults): z.input<typeof Listed>[] =>
  faults.list().map(({ id, applied, ...fault }) => ({ id, applied, fault }));
