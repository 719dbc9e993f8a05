import { LRUCache } from 'lru-cache';
import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { compilePermission, type Permission } from '../../protocol/permission/compile.ts';
import { readPermissionList, readRoleTable } from '../../protocol/permission/read.ts';
import type { PermissionLists } from './read-folder.ts';

/** Lists and roles as documents: canonical JSON, known by their digests. */
export function publishedDocuments({ lists, roles }: PermissionLists) {
  const documents = new Map<string, string>();
  const put = (value: unknown): string => {
    const text = canonicalJson(value);
    const digest = sha256(text);
    documents.set(digest, text);
    return digest;
  };
  return {
    lists: lists.map((list) => ({ id: list.id, digest: put(list) })),
    roles: put(roles),
    documents,
  };
}

/**
 * Documents into what decides, validated like any list. The law is public and the result never changes, so
 * nodes of one process share it; nothing of an agency is in it.
 */
export function makeCompileLaw(): (lists: readonly string[], roles: string) => Permission {
  const compiled = new LRUCache<string, Permission>({ max: 8 });
  return (lists, roles) => {
    const key = sha256([...lists, roles].map((text) => sha256(text)).join(' '));
    const known = compiled.get(key);
    if (known) return known;
    const made = compilePermission(
      lists.map((text) => readPermissionList(text, sha256(text))),
      readRoleTable(roles, sha256(roles)),
    );
    compiled.set(key, made);
    return made;
  };
}
