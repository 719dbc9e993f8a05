import { RenkeiError } from '../../protocol/errors.ts';
import { ConsistencyBody } from '../../protocol/log/log-api.ts';
import { hashesOf } from '../../protocol/log/shown.ts';
import { callParty } from '../http-client/call-party.ts';
import type { HttpClient } from '../http-client/post-json.ts';
import type { RecordProofsOptions } from './record-proofs.ts';

/** Asks a party over HTTP to prove that its log only grew. Rejects with record_unproven when it can't be asked. */
export const askConsistency =
  (http: HttpClient, urlOf: (party: string) => string): RecordProofsOptions['ask'] =>
  async (party, from, to) => {
    try {
      const { consistency } = await callParty(http, {
        url: `${urlOf(party)}/v1/log/consistency/${from}/${to}`,
        reply: ConsistencyBody,
        unavailable: (cause) => new RenkeiError('record_unproven', {}, { cause }),
      });
      return hashesOf(consistency, 'consistency');
    } catch (error) {
      if (error instanceof RenkeiError && error.code === 'not_found') return undefined;
      throw error;
    }
  };
