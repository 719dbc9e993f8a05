/** What a schema can't say: rules across the items of a list, across lists, and in the role table. */
import { affairCode, informationCode } from './codes.ts';
import { overlap, type Period } from './in-force.ts';
import { PermissionListInvalid, type Reason } from './invalid.ts';
import { cycleOf } from './role-table.ts';
import type { Named, PermissionItem, PermissionList, RoleTable } from './schema.ts';

/** A list and the file (or other place) that it was read from. */
export interface ListFrom {
  readonly file: string;
  readonly list: PermissionList;
}

/** Throws PermissionListInvalid unless the list is sound in itself. */
export function checkList({ file, list }: ListFrom): void {
  if (endsBeforeItBegins(list.inForce)) throw new PermissionListInvalid(file, undefined, BACKWARDS);
  const seen = new Set<string>();
  for (const item of list.items) {
    const refuse = (reason: Reason) => new PermissionListInvalid(file, item.item, reason);
    if (seen.has(item.item)) {
      throw refuse({ ja: '同じ項が二度あります', en: 'the item stands twice in the list' });
    }
    seen.add(item.item);
    if (item.inForce !== undefined && endsBeforeItBegins(item.inForce)) throw refuse(BACKWARDS);
    for (const named of namesOf(item)) {
      const code = named === item.affair ? affairCode(named.name) : informationCode(named.name);
      if (named.code !== code) {
        throw refuse({
          ja: `コード ${named.code} は名称「${named.name}」のコード ${code} と一致しません`,
          en: `the code ${named.code} is not the one of its name, ${code}`,
        });
      }
    }
  }
}

/** Throws PermissionListInvalid unless the lists can be used together: ids, periods and codes. */
export function checkTogether(lists: readonly ListFrom[]): void {
  const names = new Map<string, string>();
  for (const [at, { file, list }] of lists.entries()) {
    for (const earlier of lists.slice(0, at)) {
      if (earlier.list.id === list.id) {
        throw new PermissionListInvalid(file, undefined, {
          ja: `リスト ${list.id} は ${earlier.file} にもあります`,
          en: `the list ${list.id} is also in ${earlier.file}`,
        });
      }
      if (overlap(earlier.list.inForce, list.inForce)) {
        throw new PermissionListInvalid(file, undefined, {
          ja: `施行期間が ${earlier.file} と重なっています`,
          en: `its time in force overlaps that of ${earlier.file}`,
        });
      }
    }
    for (const item of list.items) {
      for (const { code, name } of namesOf(item)) {
        const other = names.get(code) ?? name;
        if (other !== name) {
          throw new PermissionListInvalid(file, item.item, {
            ja: `コード ${code} が二つの名称「${other}」「${name}」に当たります`,
            en: `two names share the code ${code}`,
          });
        }
        names.set(code, name);
      }
    }
  }
}

/** Throws PermissionListInvalid if a role takes in itself. */
export function checkRoles(file: string, table: RoleTable): void {
  const cycle = cycleOf(table);
  if (cycle === undefined) return;
  throw new PermissionListInvalid(file, undefined, {
    ja: `役割が循環しています: ${cycle.join(' ⊃ ')}`,
    en: `roles take in each other in a circle: ${cycle.join(' ⊃ ')}`,
  });
}

const BACKWARDS: Reason = {
  ja: '施行期間の終わりが始まりより前です',
  en: 'the time in force ends before it begins',
};

const endsBeforeItBegins = ({ from, until }: Period): boolean =>
  from !== undefined && until !== undefined && until < from;

const namesOf = (item: PermissionItem): readonly Named[] => [
  item.affair,
  ...item.provisions.flatMap((provision) => provision.information),
];
