import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../../protocol/errors.ts';
import type { JsonResponse } from '../../service/http-client/post-json.ts';
import type { Stage } from '../run/stage.ts';

/** A call of a business system or a member of staff, over HTTP like theirs. */
export async function callNode(
  stage: Stage,
  call: {
    readonly agency: string;
    readonly path: string;
    readonly body?: unknown;
    readonly as: string;
    /** Instead of `as`. */
    readonly token?: string;
  },
): Promise<JsonResponse> {
  const { url } = stage.network.agency(call.agency);
  const token = call.token ?? tokenOf(stage, call.agency, call.as);
  const options = {
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  };
  return call.body === undefined
    ? await stage.http.get(`${url}${call.path}`, options)
    : await stage.http.post(`${url}${call.path}`, call.body, options);
}

/** `gyomu`, `atena`, `tanto` …, `nobody`, or `PARTY/gyomu` for somebody of another agency. */
export function tokenOf(stage: Stage, agency: string, as: string): string | undefined {
  if (as === 'nobody') return undefined;
  const [who = '', party] = as.split('/').reverse();
  const credentials = stage.network.credentials.get(
    party === undefined ? agency : stage.codeOf(party),
  );
  const tokens: Readonly<Record<string, string>> = {
    ...credentials?.businessSystems,
    ...credentials?.staff,
  };
  const token = tokens[who];
  if (token === undefined) throw new RangeError(`nobody is called ${as}`);
  return token;
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
