import type { Registration } from '../gateway/index.ts';
import { GATEWAY, REGISTRY } from '../protocol/identifiers.ts';
import type { NetworkConfig } from './config/schema.ts';
import type { NetworkKeys } from './keys.ts';

/** All parties as the gateway knows them, out of the configuration. */
export function registrationsOf(config: NetworkConfig, keys: NetworkKeys): Registration[] {
  const infrastructure = { roles: [], suspended: false, assessments: [] };
  const agencies = config.agencies.map((agency): Registration => {
    const own = keys.agencies.get(agency.code);
    return {
      code: agency.code,
      name: agency.name,
      roles: agency.roles,
      suspended: agency.suspended ?? false,
      keys: own ? [own.node.publicKey, own.addressNumbers.publicKey, ...own.log.publicKeys] : [],
      assessments: agency.assessments.map(
        ({ number, title, announced, from, ended, breach, covers }) => ({
          number,
          title,
          from: from ?? announced,
          ended,
          breach,
          covers,
        }),
      ),
    };
  });
  return [
    {
      ...infrastructure,
      code: GATEWAY,
      name: '情報提供ネットワークシステム',
      keys: [keys.gateway.publicKey, ...keys.gateway.log.publicKeys],
    },
    {
      ...infrastructure,
      code: REGISTRY,
      name: '住民基本台帳ネットワーク（代役）',
      keys: [keys.registry.publicKey],
    },
    ...agencies,
  ];
}
