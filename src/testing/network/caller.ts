import type { z } from 'zod';
import type { Network } from '../../network/network.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY, REGISTRY } from '../../protocol/identifiers.ts';
import { callParty } from '../../service/http-client/call-party.ts';
import { type HttpClient, makeHttpClient } from '../../service/http-client/post-json.ts';
import { noted } from './addresses.ts';

/** A held message keeps its caller waiting until the test moves the clock. */
const TIMEOUT_MS = 60_000;

/** Calls the parties’ HTTP APIs, as whoever has a token there. */
export class Caller {
  readonly #network: Network;
  readonly #http: HttpClient = makeHttpClient({
    timeoutMs: TIMEOUT_MS,
    maxBytes: 16_777_216,
    maxSockets: 256,
  });

  constructor(network: Network) {
    this.#network = network;
  }

  /** Where a party listens. @throws RenkeiError agency_unknown; state_conflict for one that is stopped */
  url(party: string): string {
    const { gateway, registry, control, agencies, config } = this.#network;
    if (party === GATEWAY) return gateway.url;
    if (party === REGISTRY) return registry.url;
    if (party === 'control') return control.url;
    const running = agencies.get(party);
    if (running) return running.url;
    const known = config.agencies.some(({ code }) => code === party);
    throw known ? stopped(party) : unknown(party);
  }

  /**
   * Posts `body`, or gets when there is none.
   * @param as `gyomu` (the business system) or a member of staff
   * @throws RenkeiError with the code that the party answered
   */
  call<Shape>(
    agency: string,
    as: string,
    path: string,
    reply: z.ZodType<Shape>,
    body?: unknown,
  ): Promise<Shape> {
    const url = noted(`${this.url(agency)}${path}`);
    const headers = { authorization: `Bearer ${this.#token(agency, as)}` };
    const unavailable = () => new RenkeiError('state_conflict', silent(agency));
    return callParty<Shape>(this.#http, { url, body, reply, unavailable, headers });
  }

  #token(agency: string, as: string): string {
    const { businessSystems, staff = {} } = this.#network.credentials.get(agency) ?? {};
    const token = businessSystems?.[as] ?? staff[as];
    if (token !== undefined) return token;
    const names = Object.keys(staff).join(', ');
    throw new RenkeiError('not_authenticated', {
      ja: `機関 ${agency} に職員 ${as} はいません`,
      en: `Agency ${agency} has no member of staff ${as}`,
      hint: { ja: `いるのは ${names} です`, en: `There are ${names}` },
    });
  }

  close(): void {
    this.#http.close();
  }
}

const unknown = (party: string): RenkeiError =>
  problem(
    'agency_unknown',
    `このネットワークに ${party} はありません`,
    `There is no ${party} here`,
  );

const stopped = (agency: string): RenkeiError =>
  problem(
    'state_conflict',
    `機関 ${agency} は停止しています`,
    `Agency ${agency} is stopped: network.start('${agency}') starts it`,
  );

const silent = (agency: string) => ({
  ja: `機関 ${agency} の中間サーバーが応答しません`,
  en: `The node of agency ${agency} does not answer`,
});

const problem = (code: ErrorCode, ja: string, en: string) => new RenkeiError(code, { ja, en });
