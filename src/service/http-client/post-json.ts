import { isUtf8 } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import { exchange, type Incoming, type Outgoing, StaleConnection } from './exchange.ts';
import { TransportError } from './transport-error.ts';

export interface HttpClientOptions {
  /** From the call to the last byte of the answer. Milliseconds. */
  readonly timeoutMs: number;
  /** An answer has at most this many bytes. */
  readonly maxBytes: number;
  /** Connections to one peer; further calls wait for a free one, within their timeout. */
  readonly maxSockets: number;
}

export interface CallOptions {
  /**
   * The peer takes the same request twice as once. Then a kept connection that turns out to be gone,
   * before a byte of the answer came, is tried once more on a fresh one.
   */
  readonly retrySafe?: boolean;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in JSON, whatever its status. */
export interface JsonResponse {
  readonly status: number;
  /** The media type without parameters, lower case; '' for an empty 204. */
  readonly mediaType: string;
  /** What the JSON says; undefined for an empty 204. */
  readonly body: unknown;
}

/** Speaks JSON to peers. All methods throw TransportError and nothing else. */
export interface HttpClient {
  post(url: string, body: unknown, options?: CallOptions): Promise<JsonResponse>;
  get(url: string, options?: CallOptions): Promise<JsonResponse>;
  /** Ends all connections; calls under way fail as unreachable. */
  close(): void;
}

/** A client that keeps connections alive. Redirects are not followed, answers are not compressed. */
export function makeHttpClient(defaults: HttpClientOptions): HttpClient {
  const agentOptions = { keepAlive: true, maxSockets: defaults.maxSockets } as const;
  const agents = {
    'http:': new http.Agent(agentOptions),
    'https:': new https.Agent(agentOptions),
  };
  let closed = false;

  async function call(
    method: 'GET' | 'POST',
    target: string,
    body: Buffer | undefined,
    options: CallOptions = {},
  ): Promise<JsonResponse> {
    if (closed) throw new TransportError('unreachable', false, { code: 'client_closed' });
    const url = URL.parse(target);
    if (url === null) throw new TransportError('unreachable', false, { code: 'invalid_url' });
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new TransportError('unreachable', false, { code: 'unsupported_scheme' });
    }
    const outgoing: Outgoing = {
      url,
      method,
      headers: {
        ...options.headers,
        accept: 'application/json, application/problem+json',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': body.length }),
      },
      body,
      agent: agents[url.protocol],
      timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
      maxBytes: defaults.maxBytes,
    };
    return readJson(await send(outgoing, method === 'GET' || options.retrySafe === true));
  }

  return {
    post: async (url, body, options) =>
      call('POST', url, Buffer.from(JSON.stringify(body)), options),
    get: (url, options) => call('GET', url, undefined, options),
    close() {
      closed = true;
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

/** After a restart of the peer every kept connection is stale, so the second try makes its own. */
async function send(outgoing: Outgoing, retrySafe: boolean): Promise<Incoming> {
  try {
    return await exchange(outgoing);
  } catch (error) {
    if (!(error instanceof StaleConnection && retrySafe)) throw error;
    return await exchange({ ...outgoing, agent: false });
  }
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

function readJson({ status, headers, bytes }: Incoming): JsonResponse {
  if (status === 204 && bytes.length === 0) return { status, mediaType: '', body: undefined };
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!JSON_TYPE.test(mediaType) || headers['content-encoding'] !== undefined || !isUtf8(bytes)) {
    throw new TransportError('malformed', true, { code: `status_${status}` });
  }
  try {
    return { status, mediaType, body: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    // The parser's words quote the answer; they stay here.
    throw new TransportError('malformed', true, { code: `status_${status}` });
  }
}
