import { LRUCache } from 'lru-cache';
import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { compilePermission, type Permission } from '../../protocol/permission/compile.ts';
import { readPermissionList, readRoleTable } from '../../protocol/permission/read.ts';
import type { PermissionLists } from './read-folder.ts';

interface Published {
  readonly lists: readonly { readonly id: string; readonly digest: string }[];
  readonly roles: string;
  readonly documents: ReadonlyMap<string, string>;
}

const published = new WeakMap<PermissionLists, Published>();

/** Lists and roles as documents: canonical JSON, known by their digests. Made once for the same lists. */
export function publishedDocuments(law: PermissionLists): Published {
  const known = published.get(law);
  if (known) return known;
  const documents = new Map<string, string>();
  const put = (value: unknown): string => {
    const text = canonicalJson(value);
    const digest = sha256(text);
    documents.set(digest, text);
    return digest;
  };
  const made = {
    lists: law.lists.map((list) => ({ id: list.id, digest: put(list) })),
    roles: put(law.roles),
    documents,
  };
  published.set(law, made);
  return made;
}

const compiled = new LRUCache<string, Permission>({ max: 8 });

/**
 * Documents into what decides, validated like any list. The law is public and the result never changes, so all
 * that runs in one process shares it; nothing of an agency is in it.
 */
export function compileLaw(lists: readonly string[], roles: string): Permission {
  const key = sha256([...lists, roles].map((text) => sha256(text)).join(' '));
  const known = compiled.get(key);
  if (known) return known;
  const made = compilePermission(
    lists.map((text) => readPermissionList(text, sha256(text))),
    readRoleTable(roles, sha256(roles)),
  );
  compiled.set(key, made);
  return made;
}
