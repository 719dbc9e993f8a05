/** The leg of an exchange over HTTP: the message that asks, or the one that answers it. */
export type Leg = 'request' | 'reply';

/** What both messages of one exchange are called. */
export interface ExchangeKinds {
  readonly request: string;
  readonly reply: string;
}

/** By path. `/v1/codes` is two messages: to the gateway and to a node. */
const BY_PATH: Readonly<Record<string, ExchangeKinds>> = {
  '/v1/permits': { request: 'permit-request', reply: 'permit' },
  '/v1/query': { request: 'query', reply: 'answer' },
  '/v1/provide-requests': { request: 'provide-request', reply: 'answer' },
  '/v1/provide': { request: 'provide', reply: 'receipt' },
  '/v1/deliveries': { request: 'delivery', reply: 'receipt' },
  '/v1/collect': { request: 'collect', reply: 'collected' },
  '/v1/acquisitions': { request: 'acquisition', reply: 'acquisition-numbers' },
  '/v1/code-requests': { request: 'code-request', reply: 'accepted' },
  '/v1/corrections': { request: 'correction', reply: 'receipt' },
  '/v1/correction-notices': { request: 'correction-notice', reply: 'receipt' },
  '/v1/correction-requests': { request: 'correction-request', reply: 'receipt' },
  '/v1/persons/card-holders': { request: 'card-holder', reply: 'accepted' },
  '/v1/keys': { request: 'key-change', reply: 'directory' },
  '/v1/directory': { request: 'directory', reply: 'directory' },
  '/v1/permission-lists': { request: 'permission-lists', reply: 'permission-lists' },
};
const RESIDENT_CODES = { request: 'resident-codes', reply: 'accepted' };
const CODE_NOTICE = { request: 'code-notice', reply: 'accepted' };
const LIST_DOCUMENT = {
  request: 'permission-list-document',
  reply: 'permission-list-document',
};

const LOG_CONSISTENCY = { request: 'log-consistency', reply: 'log-consistency' };

/** What the gateway answers to a permit request that it does not allow. */
const DENIAL = 'denial';

const ALL = [
  ...Object.values(BY_PATH),
  RESIDENT_CODES,
  CODE_NOTICE,
  LIST_DOCUMENT,
  LOG_CONSISTENCY,
];
const REQUESTS: ReadonlySet<string> = new Set(ALL.map(({ request }) => request));
const REPLIES: ReadonlySet<string> = new Set([DENIAL, ...ALL.map(({ reply }) => reply)]);

/** Every name that a message may have, for whoever names one. */
export const MESSAGE_KINDS: readonly string[] = [...REQUESTS.union(REPLIES)];

/** Whether a name is that of replies alone, such as `answer`. */
export const isReplyKind = (message: string): boolean =>
  REPLIES.has(message) && !REQUESTS.has(message);

/** The names of an exchange by where its request goes; a path of later days has its own segment’s name. */
export function kindsOf(path: string, to: string): ExchangeKinds {
  if (path === '/v1/codes') return to === 'gateway' ? RESIDENT_CODES : CODE_NOTICE;
  const known = BY_PATH[path];
  if (known) return known;
  if (path.startsWith('/v1/permission-lists/')) return LIST_DOCUMENT;
  if (path.startsWith('/v1/log/consistency/')) return LOG_CONSISTENCY;
  const name = path.replace(/^\/v\d+\//, '').replaceAll(/[^A-Za-z0-9-]+/g, '-') || 'message';
  return { request: name, reply: name };
}

/**
 * What a reply is called once it is there: a permit request has two. A denial is the problem that carries the
 * gateway’s signed statement, whatever its status (provider_code_unknown is 409, and a clock_skew is no denial).
 */
export const replyKind = (
  { reply }: ExchangeKinds,
  { body }: { readonly body: unknown },
): string =>
  reply === 'permit' && typeof body === 'object' && body !== null && 'statement' in body
    ? DENIAL
    : reply;
