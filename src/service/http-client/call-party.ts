import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import type { CallOptions, HttpClient } from './post-json.ts';
import { problemOf } from './problem-of.ts';
import { TransportError } from './transport-error.ts';

interface Schema<Shape> {
  safeParse(input: unknown): { success: boolean; data?: Shape | undefined };
}

export interface PartyCall<Shape> extends CallOptions {
  readonly url: string;
  /** Posted as JSON; left out: a GET. */
  readonly body?: unknown;
  readonly reply: Schema<Shape>;
  /** What it means that the party cannot be reached or makes no sense. */
  readonly unavailable: (cause?: TransportError) => RenkeiError;
}

/**
 * One call of one party to another: the reply in its shape, or the error that it tells.
 * A message has one effect however often it arrives, so a dead kept-alive connection is tried once more.
 * @throws RenkeiError the party’s own code, or what `unavailable` makes of a failed exchange
 */
export async function callParty<Shape>(http: HttpClient, call: PartyCall<Shape>): Promise<Shape> {
  const { url, body, reply, unavailable, ...options } = call;
  try {
    const response =
      body === undefined
        ? await http.get(url, options)
        : await http.post(url, body, { retrySafe: true, ...options });
    const problem = problemOf(response);
    if (problem) throw problem;
    const { data } = reply.safeParse(response.body);
    if (data === undefined) throw unavailable();
    return data;
  } catch (error) {
    throw error instanceof TransportError ? unavailable(error) : error;
  }
}

/** An `unavailable` with the same words for every cause. */
export const unavailableAs =
  (code: ErrorCode, hint: { ja: string; en: string }) =>
  (cause?: TransportError): RenkeiError =>
    new RenkeiError(code, { hint }, { cause });
