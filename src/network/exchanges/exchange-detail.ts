import { z } from 'zod';
import { type ExchangeDetail, NearestAllowed } from '../../protocol/control-api/exchange-detail.ts';
import type { ExchangeView } from '../../protocol/control-api/exchanges.ts';
import { ERRORS, isErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Watched } from '../network.ts';
import { exchangeView } from './exchange-view.ts';
import { lawItem } from './law-item.ts';
import { messagesOf } from './messages.ts';

/** @throws RenkeiError not_found */
export async function exchangeDetail(network: Watched, id: string): Promise<ExchangeDetail> {
  const { store, law } = network.gateway.gateway;
  const records = store.read.recordsOf(id);
  const decision = decisionIn(records);
  const parties = [...new Set([decision.inquirer, decision.provider])];
  const list = law.permission.listOf.get(decision.list ?? '');
  const row = list?.rowOf.get(decision.item ?? '');
  const ids = new Set([id, ...(decision.message === undefined ? [] : [decision.message])]);
  const exchange = exchangeView(network, 0, decision, records);
  return {
    exchange,
    reasons: wordsOf(exchange),
    ...(list && row && { item: lawItem(list, row) }),
    ...denialOf(network, decision),
    messages: await messagesOf(network, ids),
    records: [
      { party: GATEWAY, records: [...records] },
      ...parties.map((party = '') => ({
        party,
        // A node that was switched off keeps its records to itself.
        records: [...(network.agencies.get(party)?.node.store.read.recordsOf(id) ?? [])],
      })),
    ],
  };
}

/** The gateway’s record of what it decided. @throws RenkeiError not_found */
export const decisionOf = ({ gateway }: Watched, id: string): ProvisionRecord =>
  decisionIn(gateway.gateway.store.read.recordsOf(id));

function decisionIn(records: readonly ProvisionRecord[]): ProvisionRecord {
  const found = records.find(({ kind }) => kind === 'permitted' || kind === 'denied');
  if (!found) throw new RenkeiError('not_found');
  return found;
}

function wordsOf({ code, reasons }: ExchangeView) {
  const codes = new Set([...reasons, ...(code === undefined ? [] : [code])]);
  return [...codes].filter(isErrorCode).map((each) => {
    const [, ja, en] = ERRORS[each];
    return { code: each, ja, en };
  });
}

/** What the denial statement says beyond the record; its inquirer’s node keeps it. */
function denialOf({ agencies }: Watched, { kind, inquirer, exchange }: ProvisionRecord) {
  if (kind !== 'denied') return { nearest: [] };
  const read = agencies.get(inquirer ?? '')?.node.store.read;
  const claims: unknown = JSON.parse(read?.inquiryByExchange(exchange ?? '')?.denial ?? '{}');
  const { nearest, ground } = Denied.parse(claims);
  return { nearest, ...(ground !== undefined && { ground }) };
}

const Denied = z.looseObject({
  nearest: z.array(NearestAllowed).default([]),
  ground: z.string().optional(),
});
