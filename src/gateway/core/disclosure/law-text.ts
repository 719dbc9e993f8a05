import type { Permission } from '../../../protocol/permission/compile.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';

export interface LawTold {
  readonly list: string | null;
  readonly item?: string;
  readonly ground: string;
  readonly text?: string;
}

/** The item (項) that an exchange goes by, with its number and what it says. */
export function lawTold(
  permission: Permission,
  { list: id = null, item, information }: ProvisionRecord,
): LawTold {
  const list = permission.listOf.get(id ?? '');
  const row = item === undefined ? undefined : list?.rowOf.get(item);
  const ground = ['番号法第19条第8号', list?.lawNumber, item && `${item}の項`];
  const told = {
    list: id,
    ...(item !== undefined && { item }),
    ground: ground.filter(Boolean).join('、'),
  };
  if (!list || !row) return told;
  const provisions = list.provisions.slice(row.first, row.end);
  const meant = provisions.filter((each) =>
    each.information.some(({ code }) => code === information),
  );
  const from = [...new Set(meant.flatMap(({ providers }) => providers))].join('、');
  const name = meant
    .flatMap((each) => each.information)
    .find(({ code }) => code === information)?.name;
  const text = [
    `${row.inquirers.join('、')}は、`,
    `${row.affair.name}のため、`,
    name === undefined
      ? '項に掲げる情報の提供を求めることができる'
      : `${from}に、${name}の提供を求めることができる`,
  ];
  return { ...told, text: text.join('') };
}
