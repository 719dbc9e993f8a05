import {
  CollectedBody,
  DocumentBody,
  MessageBody,
  ProvenBody,
  SealedBody,
} from '../../protocol/bodies.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { ShownRecord } from '../../protocol/log/shown.ts';
import { callParty, type PartyCall, unavailableAs } from '../../service/http-client/call-party.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import type { GatewayClient } from '../core/ports.ts';

const unavailable = unavailableAs('gateway_unavailable', {
  ja: '照会は保留されています。接続が回復したら同じ番号でもう一度照会してください',
  en: 'The inquiry stays open: ask again with the same id once the gateway is back',
});

/** The gateway over HTTP. */
export function httpGateway(http: HttpClient, url: () => string): GatewayClient {
  const call = <Shape>(path: string, reply: PartyCall<Shape>['reply'], body?: unknown) =>
    callParty(http, { url: `${url()}${path}`, body, reply, unavailable });
  return {
    async requestPermit(message) {
      try {
        const { message: permit, proof } = await call('/v1/permits', ProvenBody, { message });
        return { permit, proof };
      } catch (error) {
        const denial = denialIn(error);
        if (denial === undefined) throw error;
        return denial;
      }
    },
    query: (body) => call('/v1/query', SealedBody, body),
    provide: (body) => call('/v1/provide', ProvenBody, body),
    correct: (body) => call('/v1/corrections', ProvenBody, body),
    collect: (message) => call('/v1/collect', CollectedBody, { message }),
    changeKey: (message) => call('/v1/keys', MessageBody, { message }),
    directory: async () => (await call('/v1/directory', MessageBody)).message,
    permissionLists: async () => (await call('/v1/permission-lists', MessageBody)).message,
    document: async (digest) =>
      (await call(`/v1/permission-lists/${digest}`, DocumentBody)).document,
  };
}

/** A denial is a problem document that carries the gateway’s signed statement. */
function denialIn(error: unknown) {
  if (!(error instanceof RenkeiError)) return undefined;
  const { statement, proof } = error.detail.extensions ?? {};
  if (typeof statement !== 'string') return undefined;
  const shown = ShownRecord.safeParse(proof);
  return { denial: statement, proof: shown.success ? shown.data : undefined };
}
