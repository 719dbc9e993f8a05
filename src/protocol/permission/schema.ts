/**
 * A permission list (照合リスト) and the role table, as they are written in `permission-lists/`:
 * who may ask whom for what, one entry an item (項) of the law's table.
 */
import { z } from 'zod';
import { AffairCode, Day, InformationCode, ItemNumber, ListId } from '../identifiers.ts';

/** The first day in force and the last one (inclusive; absent: until further notice). */
const period = z.strictObject({ from: Day, until: Day.exactOptional() });

/** A name that was trimmed, normalised (NFC) and holds no control characters. */
const name = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => text === text.trim().normalize('NFC') && !/\p{Cc}/u.test(text), {
    error: 'name_untidy',
  });

/** No role, kind of information or inquirer stands twice in one list of them. */
const distinct = <Entry>(entry: z.ZodType<Entry>, key: (entry: Entry) => string) =>
  z
    .array(entry)
    .min(1)
    .refine((all) => new Set(all.map(key)).size === all.length, { error: 'entry_twice' });

const roles = distinct(name, (role) => role);

const kind = z.strictObject({ code: InformationCode, name });

const provision = z.strictObject({
  providers: roles,
  information: distinct(kind, ({ code }) => code),
});

const item = z.strictObject({
  /** Number of the item, e.g. "25" or "16の2". */
  item: ItemNumber,
  /** Article of the same order that narrows the item. */
  article: z.string().min(1).max(40).exactOptional(),
  /** When the item was in force for a part of the list's time only. */
  inForce: z
    .strictObject({ from: Day.exactOptional(), until: Day.exactOptional() })
    .exactOptional(),
  inquirers: roles,
  affair: z.strictObject({ code: AffairCode, name }),
  provisions: z.array(provision).min(1),
});

export const permissionListSchema = z.strictObject({
  id: ListId,
  title: name,
  lawNumber: name,
  inForce: period,
  /** Where the text comes from and the day or month whose text it is. */
  source: z.strictObject({
    text: z.string().min(1),
    textAsOf: z.string().regex(/^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$/),
  }),
  items: z.array(item).min(1),
});

export const roleTableSchema = z.strictObject({
  title: z.string().min(1),
  source: z.string().min(1),
  /** Each collective role with the roles that it takes in. */
  members: z.record(name, roles),
});

/** Deeply read-only: a list is a piece of law. */
type Fixed<T> = T extends object ? { readonly [Key in keyof T]: Fixed<T[Key]> } : T;

export type PermissionList = Fixed<z.infer<typeof permissionListSchema>>;
export type PermissionItem = PermissionList['items'][number];
export type RoleTable = Fixed<z.infer<typeof roleTableSchema>>;
/** An affair (事務) or a kind of information (特定個人情報名) with the project's code for it. */
export type Named = PermissionItem['affair'];
