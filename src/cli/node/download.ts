import { problemOf } from '../../service/http-client/problem-of.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { unreachable } from '../query/unreachable.ts';
import type { Caller } from './call-node.ts';

/**
 * GETs a file as it comes, or POSTs `body` for one. @throws RenkeiError with the node’s code, CliFailure network_not_running, or
 * file_cut_short when it breaks off
 */
export async function* download(
  caller: Caller,
  path: string,
  body?: unknown,
): AsyncGenerator<Uint8Array> {
  const url = `${caller.agency.url}${path}`;
  const headers = { authorization: `Bearer ${caller.token}` };
  const init =
    body === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw unreachable(caller.agency.url, caller.found.path, cause);
  });
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!response.ok) {
    const { status } = response;
    const problem = problemOf({ status, mediaType, body: await response.json() });
    throw problem ?? new Error(`status ${status}`);
  }
  if (!response.body) return;
  try {
    yield* response.body;
  } catch (cause) {
    throw cutShort(cause);
  }
}

const cutShort = (cause: unknown) =>
  new CliFailure(
    'file_cut_short',
    {
      exit: 3,
      findings: [
        {
          ja: 'ファイルが途中で切れました。書き出されたものは使えません',
          en: 'The file broke off: what was written is not to be used',
        },
      ],
    },
    { cause },
  );
