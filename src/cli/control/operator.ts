import { makeHttpClient } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';
import { theRunning } from '../query/find-network.ts';
import { unreachable } from '../query/unreachable.ts';

/** Where the operator’s port is, and what it wants to hear. */
export interface Operator {
  readonly url: string;
  readonly token: string;
  /** The running file that says so. */
  readonly path: string;
}

/** Finds the running network, or the one whose running file is named. */
export type FindOperator = (runningFile?: string) => Operator;

/** @throws CliFailure network_not_running (exit 3) */
export const theOperator: FindOperator = (named) => {
  const { path, running } = theRunning(named);
  return { url: running.control, token: running.controlToken, path };
};

/** Longer than any party waits for another, since moving time can let all of them time out in turn. */
const TIMEOUT_MS = 660_000;
const MAX_BYTES = 536_870_912;

interface Schema<Shape> {
  parse(input: unknown): Shape;
}

/**
 * Asks the control plane; a POST with a body, otherwise a GET.
 * @param more further headers: the credential of whoever is spoken for
 * @throws RenkeiError as the control plane says; CliFailure network_not_running (exit 3)
 */
export async function askControl<Shape>(
  { url, token, path: file }: Operator,
  path: string,
  reply: Schema<Shape>,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Shape> {
  const http = makeHttpClient({ timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, maxSockets: 1 });
  const options = { headers: { authorization: `Bearer ${token}`, ...more } };
  try {
    const response =
      body === undefined
        ? await http.get(`${url}${path}`, options)
        : await http.post(`${url}${path}`, body, options);
    const problem = problemOf(response);
    if (problem) throw problem;
    return reply.parse(response.body);
  } catch (error) {
    throw error instanceof TransportError ? unreachable(url, file, error) : error;
  } finally {
    http.close();
  }
}
