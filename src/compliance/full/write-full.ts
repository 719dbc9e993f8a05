import { join } from 'node:path';
import { stringify } from 'yaml';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import {
  type PermissionLists,
  readPermissionLists,
} from '../../service/permission-lists/read-folder.ts';
import { itemMatrix } from './item-matrix.ts';

/** The day as of which a list is replayed: while it is in force. */
const AS_OF: Readonly<Record<string, string>> = {
  'beppyo-2': '2023-11-22T09:00:00+09:00',
  'order-r6-9': '2026-11-22T09:00:00+09:00',
};

/** The scenario that reaches every provision of a list, permitted, and refused by each condition that is changed. */
export function fullScenario(list: PermissionList, { roles }: PermissionLists): string {
  const matrices = list.items.map((item) => ({ item, matrix: itemMatrix(list, roles, item) }));
  const named = (axis: 'inquirers' | 'providers') =>
    Object.fromEntries(
      matrices.flatMap(({ matrix }) => matrix[axis].map((role) => [role, { roles: role }])),
    );
  const scenario = {
    version: 1,
    name: `${list.title}の全項`,
    about:
      '各項について、許される照会のすべてと、情報照会者・事務・情報提供者・特定個人情報の一つを変えた照会。' +
      '許可と拒否は、判定のプログラムによらず、表の文言を一つずつ引いて定めた（src/compliance/full）。',
    ref: { law: `番号法第19条第8号、${list.lawNumber}`, requirement: ['R-102', 'R-210'] },
    seed: `full-${list.id}`,
    now: AS_OF[list.id] ?? `${list.inForce.from}T09:00:00+09:00`,
    inquirers: named('inquirers'),
    providers: named('providers'),
    tests: matrices.map(({ item, matrix }) => ({
      id: `item-${item.item.replaceAll('の', '-')}`,
      because: `${item.item}の項: ${item.affair.name}`,
      ref: { item: item.item },
      matrix,
    })),
  };
  const text = stringify(scenario, {
    lineWidth: 0,
    flowCollectionPadding: false,
    aliasDuplicateObjects: false,
  });
  return `# yaml-language-server: $schema=../scenario.schema.json
# 次の命令で作り直せる。 / Made anew by: node src/compliance/full/write-full.ts ${list.id} > scenarios/full/${list.id}.yaml
${text}`;
}

if (import.meta.main) {
  const law = await readPermissionLists(join(import.meta.dirname, '../../../permission-lists'));
  const list = law.lists.find(({ id }) => id === process.argv[2]);
  if (!list) throw new RangeError('say which list');
  process.stdout.write(fullScenario(list, law));
}
