import type { LawItem } from '../../protocol/control-api/law-item.ts';
import type { CompiledList, Row } from '../../protocol/permission/compile-list.ts';

export const lawItem = (list: CompiledList, row: Row): LawItem => ({
  list: list.id,
  lawNumber: list.lawNumber,
  item: row.item,
  ...(row.article !== undefined && { article: row.article }),
  affair: { ...row.affair },
  inquirers: [...row.inquirers],
  inForce: { ...row.inForce },
  provisions: list.provisions.slice(row.first, row.end).map(({ providers, information }) => ({
    providers: [...providers],
    information: information.map((each) => ({ ...each })),
  })),
});
