import { cardHolder } from '../protocol/messages/card-holder.ts';
import { codeRequest } from '../protocol/messages/code-request.ts';
import { residentCodes } from '../protocol/messages/resident-codes.ts';

/** Messages that name people by individual number or resident code: nobody keeps those, the operator least of all. */
const NEVER_KEPT: ReadonlySet<unknown> = new Set([
  codeRequest.typ,
  residentCodes.typ,
  cardHolder.typ,
]);

/** The signed message that a JSON body carries, if it carries one. */
const tokenIn = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, statement }: { message?: unknown; statement?: unknown } = { ...body };
  const token = message ?? statement;
  if (typeof token !== 'string' || token.length > LONGEST) return undefined;
  return NEVER_KEPT.has(typOf(token)) ? undefined : token;
};

function typOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).typ;
  } catch {
    return undefined;
  }
}
/** A longer one is a whole batch, which nobody reads. */
const LONGEST = 16_384;

/**
 * The signed messages that went by last, by their number in the journal: for whoever looks at an exchange. Sealed
 * bytes travel beside the messages and are never kept.
 */
export class MessageTexts {
  readonly #kept: number;
  readonly #texts = new Map<number, string>();

  constructor(kept = 4000) {
    this.#kept = kept;
  }

  keep(seq: number, body: unknown): void {
    const token = tokenIn(body);
    if (token === undefined) return;
    this.#texts.set(seq, token);
    if (this.#texts.size <= this.#kept) return;
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined) this.#texts.delete(oldest);
  }

  of(seq: number): string | undefined {
    return this.#texts.get(seq);
  }

  /** The journal went back: later numbers are given again. */
  forgetAfter(seq: number): void {
    for (const each of this.#texts.keys()) if (each > seq) this.#texts.delete(each);
  }
}
