import { NodeError } from '../node-error.ts';
import { type Fetch, type NodeOptions, timer } from '../options.ts';
import { type Answered, problemIn } from './read-answer.ts';

/** Who calls: with a token, where there is one. */
export interface Credentials {
  /** @param refused the token that the node did not take, so that another one is wanted */
  readonly token: (refused: string | undefined, signal?: AbortSignal) => Promise<string>;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body of each try. */
  readonly body?: (() => NonNullable<RequestInit['body']>) | undefined;
  /** Whether the body is gone once it was sent. */
  readonly once?: boolean;
  /** Whether the same twice has one effect. */
  readonly repeatable?: boolean;
  /** A file takes as long as it takes. */
  readonly unlimited?: boolean;
  readonly signal?: AbortSignal | undefined;
}

const MINUTE = 60_000;
/** Before the first repetition, milliseconds; twice as long before each further one. */
const PAUSE = 200;

/** Carries calls to one node: tokens, time limits, and repetition after a lost connection. */
export class Connection {
  readonly wait: NonNullable<NodeOptions['wait']>;
  readonly now: () => number;
  readonly #node: string;
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;
  readonly #retries: number;
  readonly #credentials: Credentials | undefined;

  constructor(options: NodeOptions, credentials?: Credentials) {
    this.#node = String(options.node).replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#timeoutMs = options.timeoutMs ?? MINUTE;
    this.#retries = options.retries ?? 2;
    this.wait = options.wait ?? timer;
    this.now = options.now ?? Date.now;
    this.#credentials = credentials;
  }

  /** An answer with all of its body. @throws NodeError node_unreachable, node_timeout; the signal’s reason */
  answered(call: Call): Promise<Answered> {
    return this.#repeated(call, async () => {
      const limit = call.unlimited ? undefined : AbortSignal.timeout(this.#timeoutMs);
      const response = await this.#admitted(call, limit);
      const text = await response.text().catch((cause) => {
        throw failure(cause, call, limit);
      });
      return { status: response.status, type: typeOf(response), text };
    });
  }

  /** An answer that is read as it comes. @throws NodeError, as the node refused too; the signal’s reason */
  opened(call: Call): Promise<Response> {
    return this.#repeated(call, async () => {
      const response = await this.#admitted(call, undefined);
      if (response.ok) return response;
      const text = await response.text().catch((cause) => {
        throw failure(cause, call, undefined);
      });
      const { status } = response;
      const problem = problemIn({ status, type: typeOf(response), text });
      throw problem ?? new NodeError({ ...UNEXPECTED, status });
    });
  }

  async #repeated<Result>(call: Call, once: () => Promise<Result>): Promise<Result> {
    for (let tried = 0; ; tried += 1) {
      try {
        return await once();
      } catch (error) {
        const lost = error instanceof NodeError && error.code === 'node_unreachable';
        const again = call.repeatable && !call.once && tried < this.#retries;
        if (!lost || !again) throw error;
        await this.wait(PAUSE * 2 ** tried, call.signal);
      }
    }
  }

  /** With a token; with another one, once, where the node does not take it: it was refused before any effect. */
  async #admitted(call: Call, limit: AbortSignal | undefined): Promise<Response> {
    const token = await this.#credentials?.token(undefined, call.signal);
    const response = await this.#sent(call, token, limit);
    if (response.status !== 401 || token === undefined || call.once) return response;
    const other = await this.#credentials?.token(token, call.signal);
    if (other === undefined || other === token) return response;
    await response.body?.cancel();
    return await this.#sent(call, other, limit);
  }

  async #sent(call: Call, token: string | undefined, limit: AbortSignal | undefined) {
    const signals = [call.signal, limit].filter((signal) => signal !== undefined);
    const init: RequestInit & { duplex?: 'half' } = {
      method: call.method,
      headers: {
        accept: 'application/json, application/problem+json, */*',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...call.headers,
      },
      ...(call.body && { body: call.body(), duplex: 'half' }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    };
    try {
      return await this.#fetch(`${this.#node}${call.path}`, init);
    } catch (cause) {
      throw failure(cause, call, limit);
    }
  }
}

const typeOf = (response: Response): string => response.headers.get('content-type') ?? '';

function failure(cause: unknown, { signal }: Call, limit: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  return new NodeError(limit?.aborted ? TIMEOUT : UNREACHABLE, { cause });
}

const UNREACHABLE = {
  code: 'node_unreachable',
  ja: '中間サーバーに接続できないか、応答の前に接続が切れました',
  en: 'The node cannot be reached, or the connection was lost before it answered',
  hint: {
    ja: 'URL と中間サーバーの稼働を確かめてください。照会は同じ番号でもう一度行えば二重になりません',
    en: 'Check the URL and that the node runs. An inquiry made again under the same id is never asked twice',
  },
};

const TIMEOUT = {
  code: 'node_timeout',
  ja: '中間サーバーから時間内に応答がありません',
  en: 'The node did not answer in time',
  hint: {
    ja: '照会は同じ番号でもう一度行うか、結果を番号で確かめてください。timeoutMs で待つ時間を変えられます',
    en: 'Make an inquiry again under the same id, or look at it by its id; timeoutMs is how long to wait',
  },
};

const UNEXPECTED = {
  code: 'answer_unreadable',
  ja: '中間サーバーの応答を読み取れません',
  en: 'The node’s answer cannot be read',
  hint: {
    ja: 'URL が中間サーバーのものか確かめてください',
    en: 'Check that this is the URL of a node',
  },
};
