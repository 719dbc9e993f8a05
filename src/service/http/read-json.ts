import { isUtf8 } from 'node:buffer';
import type { Context } from 'hono';
import { malformed } from './malformed.ts';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/**
 * The request's body as JSON. Size is limited before (service-app).
 * Throws message_malformed for another content type, a body cut short, invalid UTF-8 or invalid JSON.
 */
export async function readJson(context: Context): Promise<unknown> {
  const type = context.req.header('content-type');
  if (type !== 'application/json' && (type === undefined || !JSON_TYPE.test(type))) {
    throw malformed({
      ja: '電文は JSON でなければなりません',
      en: 'The message must be JSON',
      hint: {
        ja: 'Content-Type: application/json を付けて JSON (UTF-8) を送ってください',
        en: 'Send JSON in UTF-8 with Content-Type: application/json',
      },
    });
  }
  const text = await readText(context);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's words quote the text; they stay here.
    throw malformed({ ja: '電文が JSON ではありません', en: 'The message is not valid JSON' });
  }
}

/** The request's body as text. @throws RenkeiError message_malformed for a body cut short, or invalid UTF-8 */
export async function readText(context: Context): Promise<string> {
  const bytes = Buffer.from(await wholeBody(context));
  // Not repaired: two receivers that repair differently would read two messages (RFC 8259 §8.1).
  if (!isUtf8(bytes)) {
    throw malformed({ ja: '電文が UTF-8 ではありません', en: 'The message is not UTF-8' });
  }
  return bytes.toString('utf8');
}

async function wholeBody(context: Context): Promise<ArrayBuffer> {
  try {
    return await context.req.arrayBuffer();
  } catch {
    throw malformed({ ja: '電文が途中で切れています', en: 'The message was cut short' });
  }
}
