import { kindsOf, replyKind } from '../../network/faults/message-kinds.ts';

/** One request between parties and what came back, as their bytes went by. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
  /** What the sender sent. */
  readonly request: string;
  /** What arrived; absent when nothing did. */
  reply?: { readonly status: number; readonly type: string; readonly text: string };
}

/** What both messages of a passage are called. */
export function kindsIn({ path, to, reply }: Passage): { request: string; reply: string } {
  const kinds = kindsOf(path, to);
  return { request: kinds.request, reply: replyKind(kinds, { body: objectIn(reply?.text) }) };
}

/** The signed message that a body carries, if it carries one. */
export function tokenIn(body: string | undefined): string | undefined {
  const { message, statement } = objectIn(body);
  const token = message ?? statement;
  return typeof token === 'string' ? token : undefined;
}

/** Claims of a signed message, read without believing them. */
export function claimsIn(token: string | undefined): Readonly<Record<string, unknown>> {
  const payload = token?.split('.')[1];
  return payload === undefined ? {} : objectIn(Buffer.from(payload, 'base64url').toString('utf8'));
}

/** A JSON object, or an empty one for anything else. */
export function objectIn(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
