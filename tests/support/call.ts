export { expectProblem } from './problem.ts';

/** An answer over HTTP, with its JSON read. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every answer that a test got, for whoever looks at all of them. */
export type Watch = (request: { method: string; url: URL; body: string }, reply: Reply) => void;

const watchers = new Set<Watch>();
export const watchCalls = (watch: Watch): void => {
  watchers.add(watch);
};

/** Posts JSON, or a text as it is; gets when there is no body. */
export async function call(url: string, body?: unknown, options: CallOptions = {}): Promise<Reply> {
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(body !== undefined && { body: text }),
  });
  const type = response.headers.get('content-type') ?? '';
  const said = await response.text();
  const reply = {
    status: response.status,
    type,
    headers: response.headers,
    text: said,
    json: /[/+]json\b/.test(type) ? JSON.parse(said) : {},
  };
  for (const watch of watchers) watch({ method, url: new URL(url), body: text ?? '' }, reply);
  return reply;
}
