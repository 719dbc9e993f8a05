import { AcceptedBody, MessageBody, ProvenBody, SealedBody } from '../../protocol/bodies.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { callParty, type PartyCall } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { TransportError } from '../../service/http-client/transport-error.ts';
import type { Nodes } from '../core/ports.ts';

/** What a provider may say that concerns the inquirer; anything else means that it did not answer. */
const PASSED_ON: ReadonlySet<ErrorCode> = new Set([
  'list_copy_stale',
  'list_copy_disagrees',
  'permit_expired',
  'record_unproven',
  'log_inconsistent',
]);

/** Agencies’ nodes over HTTP. `urlOf` throws agency_unknown. */
export function httpNodes(http: HttpClient, urlOf: (agency: string) => string): Nodes {
  const call = async <Shape>(
    agency: string,
    path: string,
    reply: PartyCall<Shape>['reply'],
    body: unknown,
  ): Promise<Shape> => {
    const url = `${urlOf(agency)}${path}`;
    try {
      return await callParty(http, { url, body, reply, unavailable });
    } catch (error) {
      throw error instanceof RenkeiError ? asProviders(error) : error;
    }
  };
  return {
    provide: (agency, body) => call(agency, '/v1/provide-requests', SealedBody, body),
    deliver: (agency, body) => call(agency, '/v1/deliveries', ProvenBody, body),
    tellCorrection: (agency, body) => call(agency, '/v1/correction-notices', ProvenBody, body),
    async askCorrection(agency, message) {
      return (await call(agency, '/v1/correction-requests', MessageBody, { message })).message;
    },
    async notifyCodes(agency, message) {
      await call(agency, '/v1/codes', AcceptedBody, { message });
    },
  };
}

const asProviders = (error: RenkeiError): RenkeiError =>
  PASSED_ON.has(error.code) || error.code.startsWith('provider_')
    ? error
    : new RenkeiError('provider_unavailable', {
        ja: `情報提供者のノードが受け付けませんでした (${error.code})`,
        en: `The agency’s node did not accept it (${error.code})`,
      });

const unavailable = (cause?: TransportError): RenkeiError =>
  new RenkeiError(
    cause?.kind === 'timeout' ? 'provider_timeout' : 'provider_unavailable',
    {
      hint: {
        ja: '拒否ではありません。情報提供者のノードが動いていることを確かめ、もう一度照会してください',
        en: 'This is no denial. See that the provider’s node runs, then ask again',
      },
    },
    { cause },
  );
