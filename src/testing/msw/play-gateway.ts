import { z } from 'zod';
import type { TestNetwork } from '../network/test-network.ts';
import { deny } from './deny.ts';
import type { Primed } from './primed.ts';
import { readMessage, type SeenRequest } from './seen.ts';
import { tampered } from './tamper.ts';

const Problem = z.object({ code: z.string(), detail: z.string() });

/** Plays the gateway: a real one answers in process, unless something is primed. */
export class PlayedGateway {
  readonly #network: () => TestNetwork;
  readonly #primed: Primed;
  seen: SeenRequest[] = [];

  constructor(network: () => TestNetwork, primed: Primed) {
    this.#network = network;
    this.#primed = primed;
  }

  /** @returns undefined when the gateway is down */
  async answer(request: Request): Promise<Response | undefined> {
    const { method } = request;
    const { pathname: path, search } = new URL(request.url);
    const body = method === 'GET' || method === 'HEAD' ? undefined : await request.text();
    const message = body === undefined ? undefined : readMessage(body);
    const seen = { method, path, at: this.#network().clock.now(), ...(message && { message }) };
    const place = this.seen.push(seen) - 1;
    const list = this.seen;
    const response = await this.#answer(request.headers, { method, path, search, body });
    if (response)
      list[place] = { ...seen, status: response.status, ...(await problemIn(response)) };
    return response;
  }

  /** A request to somebody whom nobody plays. */
  refuse({ method, url }: Request): void {
    this.seen.push({ method, path: url, at: this.#network().clock.now(), code: 'not_found' });
  }

  async #answer(
    headers: Headers,
    asked: { method: string; path: string; search: string; body: string | undefined },
  ): Promise<Response | undefined> {
    const { method, path, search, body } = asked;
    const { network, clock } = this.#network();
    const latency = this.#primed.take('any', ({ kind }) => kind === 'latency');
    if (latency?.kind === 'latency') await clock.wait(latency.ms);
    if (this.#primed.take('any', ({ kind }) => kind === 'gatewayDown')) return undefined;
    const denied =
      method === 'POST' && path === '/v1/permits' ? await this.#denied(body ?? '') : undefined;
    const init = { method, headers, ...(body !== undefined && { body }) };
    const response = denied ?? (await network.gateway.app.request(`${path}${search}`, init));
    return await tampered(network, this.#primed, asked, response);
  }

  async #denied(body: string): Promise<Response | undefined> {
    const primed = this.#primed.take('permit');
    if (!primed) return undefined;
    const denied = await deny(this.#network().network, body, primed.code);
    // The gateway refuses the message itself; the denial waits for a good one.
    if (!denied) this.#primed.add(primed);
    return denied;
  }
}

async function problemIn(response: Response): Promise<Pick<SeenRequest, 'code' | 'detail'>> {
  if (response.headers.get('content-type') !== 'application/problem+json') return {};
  return Problem.parse(await response.clone().json());
}
