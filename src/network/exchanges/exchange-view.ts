import type { ExchangeView } from '../../protocol/control-api/exchanges.ts';
import { lawNames } from '../../protocol/permission/law-names.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Watched } from '../network.ts';

/** An exchange by the gateway’s records of it, the decision first. */
export function exchangeView(
  network: Watched,
  seq: number,
  decision: ProvisionRecord,
  records: readonly ProvisionRecord[],
): ExchangeView {
  const names = lawNames(network.gateway.gateway.law.permission);
  const denied = decision.kind === 'denied';
  const last = records.findLast(({ kind }) => kind === 'answered' || kind === 'unanswered');
  const { affair, item, information = '', list = null } = decision;
  const reason = last?.reason;
  const code = denied ? decision.code : last?.kind === 'unanswered' ? last.code : undefined;
  return {
    seq,
    id: decision.exchange ?? '',
    at: new Date(decision.at).toISOString(),
    inquirer: partyOf(network, decision.inquirer),
    provider: partyOf(network, decision.provider),
    ...(affair !== undefined && { affair: { code: affair, name: names.affair(affair) ?? affair } }),
    ...(item !== undefined && { item }),
    list,
    information: { code: information, name: names.information(information) ?? information },
    decision: denied ? 'deny' : 'permit',
    state: denied ? 'denied' : (last?.outcome ?? (last ? 'unanswered' : 'permitted')),
    ...(code !== undefined && { code }),
    reasons: decision.reasons ?? [],
    ...(reason !== undefined && { reason }),
  };
}

const partyOf = ({ config }: Watched, code = '') => ({
  code,
  name: config.agencies.find((agency) => agency.code === code)?.name ?? code,
});
