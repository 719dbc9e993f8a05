import type { Network } from '../../network/network.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';

const ALL = 1_000_000;

/** What the three parties keep of one exchange (番号法23条), oldest first. */
export interface ExchangeRecords {
  readonly exchange: string;
  readonly inquirer: readonly ProvisionRecord[];
  readonly provider: readonly ProvisionRecord[];
  readonly gateway: readonly ProvisionRecord[];
}

/** Reads them at the parties themselves. */
export function recordsOf(network: Network, exchange: string): ExchangeRecords {
  const read = (reads: {
    records(after: number, limit: number): readonly { readonly record: ProvisionRecord }[];
  }) =>
    reads
      .records(0, ALL)
      .map(({ record }) => record)
      .filter((record) => record.exchange === exchange);
  const gateway = read(network.gateway.gateway.store.read);
  const [first] = gateway;
  const at = (agency: string | undefined) => {
    const running = agency === undefined ? undefined : network.agencies.get(agency);
    return running ? read(running.node.store.read) : [];
  };
  return { exchange, gateway, inquirer: at(first?.inquirer), provider: at(first?.provider) };
}
