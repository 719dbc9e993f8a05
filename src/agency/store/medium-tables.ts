import { RenkeiError } from '../../protocol/errors.ts';
import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Lending, LendingState, Medium, MediumCounts, MediumTx } from '../core/media/ports.ts';

/** As the index of open lendings says it, or it is not used. */
const OPEN = `state IN ('requested', 'lent', 'reported')`;
const NONE: MediumCounts = { lent: 0, overdue: 0 };

/** External media, and who has them. */
export function mediumTables({ one, many, write }: Statements): MediumTx {
  const medium = one('SELECT * FROM media WHERE medium = ?', mediumOf);
  const listed = many(
    `SELECT * FROM media WHERE (retired_at IS NOT NULL) = ? AND medium > ? ORDER BY medium LIMIT ?`,
    mediumOf,
  );
  const putMedium = write(
    `INSERT INTO media (kind, serial, registered_by, registered_at, holds_data, retired_by,
       retired_at, reason, medium) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setMedium = write(
    `UPDATE media SET kind = ?, serial = ?, registered_by = ?, registered_at = ?, holds_data = ?,
       retired_by = ?, retired_at = ?, reason = ? WHERE medium = ?`,
  );
  const counts = one(
    `SELECT
       coalesce(sum(state = 'lent'), 0) AS lent,
       coalesce(sum(state = 'lent' AND until_day < ?), 0) AS overdue
     FROM medium_lendings WHERE ${OPEN}`,
    (row) => ({
      lent: integer(row, 'lent'),
      overdue: integer(row, 'overdue'),
    }),
  );
  return {
    medium,
    media: ({ retired }, after, limit) => listed(retired ? 1 : 0, after ?? '', limit),
    addMedium(it) {
      putMedium(...valuesOf(it), it.medium);
    },
    changeMedium(number, change) {
      const found = medium(number);
      if (!found) throw new RenkeiError('not_found');
      setMedium(...valuesOf({ ...found, ...change }), number);
    },
    ...lendingTable({ one, many, write }),
    mediumCounts: (today) => counts(today) ?? NONE,
  };
}

function lendingTable({ one, many, write }: Pick<Statements, 'one' | 'many' | 'write'>) {
  const lending = one('SELECT * FROM medium_lendings WHERE id = ?', lendingOf);
  const listed = many(
    `SELECT * FROM medium_lendings
     WHERE seq > coalesce((SELECT seq FROM medium_lendings WHERE id = :after), 0)
       AND state IN (SELECT value FROM json_each(:states)) AND (:medium IS NULL OR medium = :medium)
     ORDER BY seq LIMIT :limit`,
    lendingOf,
  );
  const add = write(
    `INSERT INTO medium_lendings (medium, information, purpose, until_day, requested_by, requested_at,
       state, decided_by, decided_at, reason, files, reported_by, reported_at, erased, note,
       accepted_by, accepted_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = write(
    `UPDATE medium_lendings SET state = ?, decided_by = ?, decided_at = ?, reason = ?, files = ?,
       reported_by = ?, reported_at = ?, erased = ?, note = ?, accepted_by = ?, accepted_at = ?
     WHERE id = ?`,
  );
  return {
    lending,
    lendings: ({ medium = null, states }, after, limit) =>
      listed({ medium, states: JSON.stringify(states), after: after ?? null, limit }),
    openLending: one(`SELECT * FROM medium_lendings WHERE medium = ? AND ${OPEN}`, lendingOf),
    addLending(it) {
      const asked = [it.medium, it.information, it.purpose, it.until];
      add(...asked, it.requestedBy, it.requestedAt, ...progressOf(it), it.id);
    },
    changeLending(id, to) {
      const found = lending(id);
      if (!found) throw new RenkeiError('not_found');
      change(...progressOf({ ...found, ...to }), id);
    },
  } satisfies Partial<MediumTx>;
}

const valuesOf = (it: Medium) => [
  ...[it.kind, it.serial ?? null, it.registeredBy, it.registeredAt, it.holdsData ? 1 : 0],
  ...[it.retiredBy ?? null, it.retiredAt ?? null, it.reason ?? null],
];

const progressOf = (it: Lending) => [
  ...[it.state, it.decidedBy ?? null, it.decidedAt ?? null, it.reason ?? null],
  ...[JSON.stringify(it.files), it.reportedBy ?? null, it.reportedAt ?? null],
  ...[it.erased === undefined ? null : it.erased ? 1 : 0, it.note ?? null],
  ...[it.acceptedBy ?? null, it.acceptedAt ?? null],
];

const mediumOf = (row: Row): Medium => ({
  medium: text(row, 'medium'),
  kind: text(row, 'kind') as Medium['kind'],
  serial: nullable(row, 'serial', text),
  registeredBy: text(row, 'registered_by'),
  registeredAt: integer(row, 'registered_at'),
  holdsData: flag(row, 'holds_data'),
  retiredBy: nullable(row, 'retired_by', text),
  retiredAt: nullable(row, 'retired_at', integer),
  reason: nullable(row, 'reason', text),
});

const lendingOf = (row: Row): Lending => ({
  id: text(row, 'id'),
  medium: text(row, 'medium'),
  information: text(row, 'information'),
  purpose: text(row, 'purpose'),
  until: text(row, 'until_day'),
  state: text(row, 'state') as LendingState,
  requestedBy: text(row, 'requested_by'),
  requestedAt: integer(row, 'requested_at'),
  decidedBy: nullable(row, 'decided_by', text),
  decidedAt: nullable(row, 'decided_at', integer),
  reason: nullable(row, 'reason', text),
  files: JSON.parse(text(row, 'files')),
  reportedBy: nullable(row, 'reported_by', text),
  reportedAt: nullable(row, 'reported_at', integer),
  erased: nullable(row, 'erased', flag),
  note: nullable(row, 'note', text),
  acceptedBy: nullable(row, 'accepted_by', text),
  acceptedAt: nullable(row, 'accepted_at', integer),
});
