import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { declare, type Responses } from './declare.ts';
import {
  check,
  EVERY_MESSAGE,
  type MessageEndpoint,
  numbersGuard,
  replied,
  routerPath,
} from './json-route.ts';
import { malformed } from './malformed.ts';
import { readText } from './read-json.ts';

const FORM = 'application/x-www-form-urlencoded';
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** Adds an endpoint that takes a form by POST, as OAuth 2.0 clients send it (RFC 6749 §4.4.2). */
export function postForm<Request extends z.ZodType, Declared extends Responses>(
  app: OpenAPIHono,
  endpoint: MessageEndpoint<Request, Declared>,
): void {
  const { request, handle } = endpoint;
  declare(app, 'post', endpoint, EVERY_MESSAGE, {
    body: { required: true, content: { [FORM]: { schema: request } } },
  });
  const keepOut = numbersGuard(endpoint);
  app.post(routerPath(endpoint.path), async (context) => {
    const form = await readForm(context);
    const message = check(request, form);
    keepOut(context, form);
    return replied(await handle(message, context));
  });
}

/** @throws RenkeiError message_malformed for another content type, or a parameter twice (RFC 6749 §3.2) */
async function readForm(context: Context): Promise<Readonly<Record<string, string>>> {
  if (!FORM_TYPE.test(context.req.header('content-type') ?? '')) {
    throw malformed({
      ja: 'フォームの形式で送ってください',
      en: 'The message must be a form',
      hint: { ja: `Content-Type: ${FORM}`, en: `Content-Type: ${FORM}` },
    });
  }
  const parameters = [...new URLSearchParams(await readText(context))];
  const names = new Set(parameters.map(([name]) => name));
  if (names.size !== parameters.length) {
    throw malformed({ ja: '同じ項目が二つあります', en: 'A parameter stands twice' });
  }
  return Object.fromEntries(parameters);
}
