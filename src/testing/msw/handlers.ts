import type { RequestHandler } from 'msw';
import { isParty } from '../network/addresses.ts';
import type { PlayedGateway } from './play-gateway.ts';

interface Parts {
  /** Where the gateway seems to be. */
  readonly url: string;
  readonly played: PlayedGateway;
  readonly node?: {
    readonly at: string;
    readonly fetch?: (request: Request) => Response | Promise<Response>;
  };
}

/** Everything for `setupServer`. MSW is loaded here and nowhere else. */
export async function handlersOf({ url, played, node }: Parts): Promise<RequestHandler[]> {
  const { http, HttpResponse, passthrough } = await loadMsw();
  const answered = node?.fetch;
  const isNode = (asked: string) => node !== undefined && asked.startsWith(`${node.at}/`);
  return [
    // What the parties say to each other in this process, and what is said to the node itself.
    http.all(
      ({ request }) => isParty(request.url) && !isNode(request.url),
      () => passthrough(),
    ),
    http.all(`${url}/*`, async ({ request }) => {
      return (await played.answer(request)) ?? HttpResponse.error();
    }),
    ...(node === undefined
      ? []
      : [
          http.all(`${node.at}/*`, async ({ request }) =>
            answered ? await answered(request) : passthrough(),
          ),
        ]),
    // Last: put handlers of your own before these.
    http.all('*', ({ request }) => {
      played.refuse(request);
      return HttpResponse.error();
    }),
  ];
}

async function loadMsw(): Promise<typeof import('msw')> {
  try {
    return await import('msw');
  } catch (cause) {
    const words = 'gatewayHandlers() は MSW を使います / needs MSW: npm install --save-dev msw@3';
    throw new Error(words, { cause });
  }
}
