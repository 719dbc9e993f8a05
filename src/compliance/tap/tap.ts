import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { kindsIn, type Passage } from './passage.ts';

/** What is done to one message on its way; what is left undefined stays as it is. */
export interface Meddling {
  readonly message: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** How often; once, unless told. */
  times: number;
  /** Another body for the message. */
  readonly alter?: (body: string) => Promise<string>;
  /** Another receiver, for a request. */
  readonly redirect?: string;
  /** Before it goes on. */
  readonly first?: () => Promise<void>;
  /** Something on the way answers a request by itself. */
  readonly answer?: { readonly status: number; readonly type: string; readonly text: string };
}

/**
 * Stands between all parties of one network, over HTTP like they: sees every byte, and meddles where told.
 * The parties reach each other at `/FROM/TO/…` here instead of where they listen.
 */
export class Tap implements AsyncDisposable {
  readonly passages: Passage[] = [];
  readonly #server: http.Server;
  readonly #origin: string;
  readonly #urls = new Map<string, string>();
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  #meddlings: Meddling[] = [];

  private constructor(server: http.Server) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.#origin = `http://127.0.0.1:${port}`;
  }

  static async open(): Promise<Tap> {
    let tap: Tap | undefined;
    const server = http.createServer((request, response) => {
      // Whoever cannot be reached through here cannot be reached: the connection just ends.
      tap?.carry(request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    tap = new Tap(server);
    return tap;
  }

  /** `NetworkOptions.via`. */
  readonly via = (from: string, to: string, url: string): string => {
    this.#urls.set(to, url);
    return `${this.#origin}/${encodeURIComponent(from)}/${encodeURIComponent(to)}`;
  };

  meddle(meddling: Meddling): void {
    this.#meddlings.push(meddling);
  }

  /** Leaves all messages alone from now on. */
  leave(): void {
    this.#meddlings = [];
  }

  /** Tells where a party listens, whether or not anybody has asked for it yet. */
  introduce(party: string, url: string): void {
    this.#urls.set(party, url);
  }

  /** Where a party listens, past this. @throws RangeError */
  urlOf(party: string): string {
    const url = this.#urls.get(party);
    if (url === undefined) throw new RangeError(`nobody is called ${party}`);
    return url;
  }

  async carry(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const [, from = '', to = '', ...rest] = (request.url ?? '').split('/');
    const passage: Passage = {
      from: decodeURIComponent(from),
      to: decodeURIComponent(to),
      method: request.method ?? 'GET',
      path: `/${rest.join('/')}`,
      request: await textOf(request),
    };
    this.passages.push(passage);
    const sent = this.#take(passage, 'request');
    await sent?.first?.();
    const body = sent?.alter ? await sent.alter(passage.request) : passage.request;
    passage.reply =
      sent?.answer ?? (await this.#send(sent?.redirect ?? passage.to, passage, request, body));
    const back = this.#take(passage, 'reply');
    await back?.first?.();
    const { status, type, text } = passage.reply;
    // A connection that is kept could end before its next use, and then be tried twice: not repeatable.
    response.writeHead(status, { 'content-type': type, connection: 'close' });
    response.end(back?.alter ? await back.alter(text) : text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(passage: Passage, leg: 'request' | 'reply'): Meddling | undefined {
    const kinds = kindsIn(passage);
    // A name that both legs have (`directory`) is that of the reply, where there is something to meddle with.
    if (leg === 'request' && kinds.request === kinds.reply) return undefined;
    const [from, to] = leg === 'request' ? [passage.from, passage.to] : [passage.to, passage.from];
    const found = this.#meddlings.find(
      (each) =>
        each.times > 0 &&
        each.message === kinds[leg] &&
        (each.from ?? from) === from &&
        (each.to ?? to) === to,
    );
    if (found) found.times -= 1;
    return found;
  }

  async #send(
    to: string,
    { path, method }: Passage,
    { headers }: http.IncomingMessage,
    body: string,
  ): Promise<NonNullable<Passage['reply']>> {
    const url = this.urlOf(to);
    const { host: _host, connection: _connection, ...passed } = headers;
    const outgoing = http.request(`${url}${path}`, {
      method,
      agent: this.#agent,
      headers: { ...passed, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) },
    });
    outgoing.end(body === '' ? undefined : body);
    const [incoming] = (await once(outgoing, 'response')) as [http.IncomingMessage];
    return {
      status: incoming.statusCode ?? 0,
      type: incoming.headers['content-type'] ?? '',
      text: await textOf(incoming),
    };
  }
}

async function textOf(stream: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
