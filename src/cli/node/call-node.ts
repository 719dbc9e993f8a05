import type { RunningFile } from '../../network/running-file.ts';
import { type JsonResponse, makeHttpClient } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';
import { usage } from '../output/cli-failure.ts';
import { type Found, theRunning } from '../query/find-network.ts';
import { unreachable } from '../query/unreachable.ts';

type Agency = RunningFile['agencies'][number];

/** Whose node is called, and as whom. */
export interface Caller {
  readonly found: Found;
  readonly agency: Agency;
  readonly token: string;
}

export interface CallerOptions {
  /** Agency code or name. */
  readonly agency: string;
  /** A member of staff by log-in name, or a business system by id. */
  readonly as: string;
  /** The token of a log-in (`renkei staff log-in`), which counts instead. */
  readonly session?: string | undefined;
  readonly running?: string | undefined;
}

/**
 * Finds whom to call, and a token: the one that is told, a ready session, or that of RENKEI_SESSION for whoever has
 * none.
 * @throws CliFailure network_not_running, or usage for an agency or person that is not there
 */
export function callerOf({ agency: named, as, session, running }: CallerOptions): Caller {
  const { found, agency } = agencyAt(named, running);
  const tokens: Readonly<Record<string, string>> = {
    ...agency.businessSystems,
    ...agency.staff,
  };
  const ready = Object.hasOwn(tokens, as) ? tokens[as] : process.env.RENKEI_SESSION;
  const token = session ?? ready;
  if (token) return { found, agency, token };
  const known = Object.keys(tokens).join(', ');
  throw usage(`${as} という利用者の用意はありません`, `nobody called ${as} is ready`, {
    ja: `用意された利用者: ${known}。ほかの利用者は \`renkei staff log-in\` でログインし、RENKEI_SESSION に設定してください`,
    en: `ready users: ${known}; others log in with \`renkei staff log-in\` and set RENKEI_SESSION`,
  });
}

/** @throws CliFailure network_not_running, or usage for an agency that is not there */
export function agencyAt(named: string, running: string | undefined): Omit<Caller, 'token'> {
  const found = theRunning(running);
  const { agencies } = found.running;
  const agency = agencies.find(({ code, name }) => code === named || name === named);
  if (!agency) {
    const known = agencies.map(({ code, name }) => `${code} ${name}`).join(', ');
    throw usage(`機関 ${named} はありません`, `there is no agency ${named}`, {
      ja: `機関: ${known}`,
      en: `agencies: ${known}`,
    });
  }
  return { found, agency };
}

/** GETs `path`, or POSTs `body` to it. @throws RenkeiError with the node’s code, CliFailure network_not_running */
export async function callNode(caller: Caller, path: string, body?: unknown): Promise<unknown> {
  const http = makeHttpClient({ timeoutMs: 60_000, maxBytes: 64 * 1024 * 1024, maxSockets: 8 });
  const url = `${caller.agency.url}${path}`;
  const options = { headers: { authorization: `Bearer ${caller.token}` } };
  let response: JsonResponse;
  try {
    response = await (body === undefined ? http.get(url, options) : http.post(url, body, options));
  } catch (cause) {
    if (!(cause instanceof TransportError)) throw cause;
    throw unreachable(caller.agency.url, caller.found.path, cause);
  } finally {
    http.close();
  }
  const problem = problemOf(response);
  if (problem) throw problem;
  return response.body;
}
