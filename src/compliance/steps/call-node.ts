import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../../protocol/errors.ts';
import type { JsonResponse } from '../../service/http-client/post-json.ts';
import type { Stage } from '../run/stage.ts';

/** An agency’s node, its address-number system, or the operator’s control plane. */
type System = 'node' | 'address-numbers' | 'control';

/** A call of a business system or a member of staff, over HTTP like theirs. */
export async function callNode(
  stage: Stage,
  call: {
    readonly agency: string;
    readonly to?: System;
    readonly path: string;
    readonly body?: unknown;
    /** A CSV file, instead of a body. */
    readonly file?: string;
    /** The answer may be a file as well. */
    readonly mayBeFile?: boolean;
    readonly as: string;
    /** Instead of `as`. */
    readonly token?: string;
  },
): Promise<JsonResponse> {
  const { agency, to = 'node' } = call;
  const url = urlOf(stage, agency, to);
  const token = call.token ?? tokenOf(stage, agency, call.as, to);
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const options = { headers: authorization };
  if (call.file !== undefined) {
    const headers = { ...authorization, 'content-type': 'text/csv' };
    const init = { method: 'POST', headers, body: call.file };
    return answerOf(await fetch(`${url}${call.path}`, init));
  }
  if (call.mayBeFile && call.body !== undefined) {
    const headers = { ...authorization, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(call.body) };
    return answerOf(await fetch(`${url}${call.path}`, init));
  }
  return call.body === undefined
    ? await stage.http.get(`${url}${call.path}`, options)
    : await stage.http.post(`${url}${call.path}`, call.body, options);
}

function urlOf({ network }: Stage, agency: string, to: System): string {
  if (to === 'control') return network.control.url;
  if (to === 'node') return network.agency(agency).url;
  return network.addressNumbers.get(agency)?.url ?? '';
}

/** `gyomu`, `atena`, `tanto` …, `operator`, `nobody`, or `PARTY/gyomu` for somebody of another agency. */
export function tokenOf(
  { network, codeOf }: Stage,
  agency: string,
  as: string,
  to: System = 'node',
): string | undefined {
  if (as === 'nobody') return undefined;
  if (as === 'operator') return network.control.token;
  const [who = '', party] = as.split('/').reverse();
  const code = party === undefined ? agency : codeOf(party);
  const credentials = network.credentials.get(code);
  const tokens: Readonly<Record<string, string>> =
    to === 'address-numbers'
      ? { ...network.addressNumberTokens.get(code) }
      : { ...credentials?.businessSystems, ...credentials?.staff };
  const token = tokens[who];
  if (token === undefined) throw new RangeError(`nobody is called ${as}`);
  return token;
}

/** A file is told by its type, its first line, and its text as far as it is one. */
async function answerOf(response: Response): Promise<JsonResponse> {
  const { status, headers } = response;
  const mediaType = headers.get('content-type')?.split(';')[0] ?? '';
  if (/[/+]json$/.test(mediaType)) return { status, mediaType, body: await response.json() };
  const text = await response.text();
  return { status, mediaType, body: { type: mediaType, begins: text.split(/\r?\n/)[0], text } };
}

const Problem = z.looseObject({
  code: z.string(),
  reasons: z.array(z.string()).optional(),
  ground: z.string().optional(),
  nearest: z.array(z.looseObject({ item: z.string() })).optional(),
  inquiry: z.string().optional(),
  exchange: z.string().optional(),
});

/** The refusal that an answer is, or undefined for one that is none. */
export function problemIn({ status, body }: JsonResponse) {
  if (status < 400) return undefined;
  const { code, reasons, ground, nearest, inquiry, exchange } = Problem.parse(body);
  if (!isErrorCode(code)) throw new RangeError(`${code} is not a frozen code`);
  const known: ErrorCode = code;
  return {
    code: known,
    ...{ reasons, ground, inquiry, exchange },
    nearest: nearest?.map(({ item }) => item),
  };
}
