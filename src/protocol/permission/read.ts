import type { z } from 'zod';
import { checkList, checkRoles } from './check.ts';
import { PermissionListInvalid, type Reason } from './invalid.ts';
import {
  type PermissionList,
  permissionListSchema,
  type RoleTable,
  roleTableSchema,
} from './schema.ts';

/**
 * A permission list from its JSON text, checked in itself (`checkTogether` does it across lists).
 * `file` names the place in errors. Throws PermissionListInvalid.
 */
export function readPermissionList(text: string, file: string): PermissionList {
  const list = read(permissionListSchema, text, file);
  checkList({ file, list });
  return list;
}

/** The role table from its JSON text. Throws PermissionListInvalid. */
export function readRoleTable(text: string, file: string): RoleTable {
  const table = read(roleTableSchema, text, file);
  checkRoles(file, table);
  return table;
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const reason = { ja: 'JSON として読めません', en: 'it is not JSON' };
    throw new PermissionListInvalid(file, undefined, reason, { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  throw new PermissionListInvalid(file, itemAt(json, issue.path), reasonOf(issue));
}

/** The number of the item that a path leads into, or its place when the number itself is missing. */
function itemAt(json: unknown, [first, index]: readonly PropertyKey[]): string | undefined {
  if (first !== 'items' || typeof index !== 'number') return undefined;
  const items: unknown = Object(json).items;
  const entry: unknown = Array.isArray(items) ? items[index] : undefined;
  const number: unknown = Object(entry).item;
  return typeof number === 'string' && number.length <= 20 ? number : `#${index + 1}`;
}

function reasonOf(issue: z.core.$ZodIssue): Reason {
  const path = issue.path.slice(typeof issue.path[1] === 'number' ? 2 : 0).map(String);
  const at = path.length === 0 ? '' : `${path.join('.')}: `;
  const say = (ja: string, en: string): Reason => ({ ja: `${at}${ja}`, en: `${at}${en}` });
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return say(`知らない項目名です: ${keys}`, `unknown field: ${keys}`);
  }
  if (issue.code === 'too_small') return say('空です', 'is empty');
  if (issue.message === 'entry_twice') return say('同じものが二度あります', 'names one twice');
  if (issue.message === 'name_untidy') {
    return say(
      '名称の前後の空白、制御文字又は正規化されていない文字を除いてください',
      'a name must be trimmed, in NFC and without control characters',
    );
  }
  return say(`形式が正しくありません (${issue.message})`, issue.message);
}
