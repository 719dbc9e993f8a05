import { flag, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import { ALWAYS, type Copy, type CopyTx } from '../core/copies/ports.ts';

/** The provision database: versions of copies. */
export function copyTable({ one, many, write }: Statements): CopyTx {
  const latest = one(
    `SELECT * FROM copies WHERE information = ? AND person = ? AND published <= ?
     ORDER BY published DESC LIMIT 1`,
    copyOf,
  );
  const versions = many(
    'SELECT * FROM copies WHERE information = ? AND person = ? ORDER BY published',
    copyOf,
  );
  const version = one(
    'SELECT * FROM copies WHERE information = ? AND person = ? AND published = ?',
    copyOf,
  );
  const ORDER = 'ORDER BY information, person, published LIMIT ?';
  const all = many(
    `SELECT * FROM copies WHERE (information, person, published) > (?, ?, ?) ${ORDER}`,
    copyOf,
  );
  const ofInformation = many(
    `SELECT * FROM copies WHERE information = ? AND (person, published) > (?, ?) ${ORDER}`,
    copyOf,
  );
  // Kinds are few and persons many: from kind to kind by the key, and there to the person.
  const ofPerson = many(
    `WITH RECURSIVE kinds (kind) AS (
       SELECT min(information) FROM copies WHERE information >= :information
       UNION ALL
       SELECT (SELECT min(information) FROM copies WHERE information > kind) FROM kinds WHERE kind IS NOT NULL
     )
     SELECT copies.* FROM kinds CROSS JOIN copies ON information = kind
     WHERE person = :person AND (information, published) > (:information, :published)
       AND (:only IS NULL OR information = :only)
     ORDER BY information, published LIMIT :limit`,
    copyOf,
  );
  const put = write('INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = write('DELETE FROM copies WHERE information = ? AND person = ? AND published = ?');
  return {
    copy(person, information, day) {
      const found = latest(information, person, day);
      return found?.ended !== undefined && found.ended <= day ? undefined : found;
    },
    copyVersions: (person, information) => versions(information, person),
    copyVersion: (it) => version(it.information, it.integratedAddressNumber, it.published),
    copiesAfter(after, limit, { information, person } = {}) {
      const from = [after?.information ?? '', after?.integratedAddressNumber ?? ''] as const;
      const published = after?.published ?? '';
      if (person !== undefined) {
        const only = information ?? null;
        return ofPerson({ person, only, information: from[0], published, limit });
      }
      if (information === undefined) return all(...from, published, limit);
      if (from[0] > information) return [];
      const there = from[0] === information ? [from[1], published] : ['', ''];
      return ofInformation(information, ...there, limit);
    },
    putCopy(it) {
      put(
        it.information,
        it.integratedAddressNumber,
        it.published ?? ALWAYS,
        it.ended ?? null,
        it.layoutVersion,
        it.datedBy ?? null,
        it.records,
        it.autoResponseDisabled ? 1 : 0,
        it.nonDisclosable ? 1 : 0,
      );
    },
    deleteCopy: (it) => drop(it.information, it.integratedAddressNumber, it.published) === 1,
  };
}

const copyOf = (row: Row): Copy => ({
  integratedAddressNumber: text(row, 'person'),
  information: text(row, 'information'),
  published: text(row, 'published'),
  ended: nullable(row, 'ended', text),
  layoutVersion: text(row, 'layout_version'),
  datedBy: nullable(row, 'dated_by', text),
  records: text(row, 'records'),
  autoResponseDisabled: flag(row, 'auto_response_disabled'),
  nonDisclosable: flag(row, 'non_disclosable'),
});
