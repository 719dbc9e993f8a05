import type { Permission } from '../../protocol/permission/compile.ts';
import type { Finding } from './explain.ts';
import { nearest } from './nearest.ts';
import { refuse } from './read.ts';
import type { NetworkConfig } from './schema.ts';

/**
 * Checks what business systems may ask for against the permission lists: a misspelt affair would quietly allow
 * nothing.
 * @throws ConfigInvalid
 */
export function checkAsks(config: NetworkConfig, { lists }: Pick<Permission, 'lists'>): void {
  const affairs = new Set(lists.flatMap((list) => [...list.rowsOfAffair.keys()]));
  const kinds = new Set(lists.flatMap((list) => [...list.kinds.keys()]));
  const findings = config.agencies.flatMap(({ businessSystems = [] }, agency) =>
    businessSystems.flatMap(({ asks }, system) => {
      if (asks === 'all') return [];
      const place = ['agencies', agency, 'businessSystems', system, 'asks'] as const;
      return asks.flatMap(({ affair, information }, at) => [
        ...unknown(affair, affairs, [...place, at, 'affair'], '事務', 'affair'),
        ...(information === 'all' ? [] : information).flatMap((kind, which) =>
          unknown(kind, kinds, [...place, at, 'information', which], '特定個人情報', 'information'),
        ),
      ]);
    }),
  );
  refuse(config, findings);
}

function unknown(
  name: string,
  known: ReadonlySet<string>,
  path: Finding['path'],
  ja: string,
  en: string,
): Finding[] {
  if (known.has(name)) return [];
  const meant = nearest(name, known);
  return [
    {
      path,
      reason: {
        ja: `照合リストに ${name} という${ja}はありません`,
        en: `no permission list knows the ${en} ${name}`,
      },
      ...(meant !== undefined && {
        hint: { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
      }),
    },
  ];
}
