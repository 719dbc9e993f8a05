/**
 * Persons with everything about them sealed; ties that were kept in the clear are sealed on their way here (the
 * functions are the store’s) and what was there is overwritten (secure_delete). Times are milliseconds since the epoch.
 */
export const persons = {
  name: 'persons sealed, grants, changes, access log',
  sql: `
    CREATE TABLE persons (
      integrated TEXT PRIMARY KEY,
      source TEXT NOT NULL CHECK (source IN ('resident-register', 'entered')),
      number BLOB, number_digest BLOB UNIQUE,
      basics BLOB, likeness BLOB,
      registered_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
      merged_into TEXT REFERENCES persons (integrated),
      CHECK ((number IS NULL) = (number_digest IS NULL)),
      CHECK (merged_into IS NULL OR (number IS NULL AND basics IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX persons_likeness ON persons (likeness) WHERE likeness IS NOT NULL;
    CREATE INDEX persons_merged ON persons (merged_into) WHERE merged_into IS NOT NULL;
    INSERT INTO persons
      SELECT integrated, 'resident-register', seal_number(integrated, individual),
        digest_number(individual), NULL, NULL, 0, 0, NULL
      FROM ties;
    DROP TABLE ties;
    CREATE TABLE address_numbers (
      system TEXT NOT NULL, number TEXT NOT NULL,
      integrated TEXT NOT NULL REFERENCES persons (integrated),
      PRIMARY KEY (system, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX address_numbers_person ON address_numbers (integrated);
    CREATE TABLE grants (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('staff', 'business-system')),
      caller TEXT NOT NULL, department TEXT NOT NULL, affairs TEXT NOT NULL, rights TEXT NOT NULL,
      given_by TEXT NOT NULL, given_at INTEGER NOT NULL,
      withdrawn_by TEXT, withdrawn_at INTEGER,
      CHECK (given_by <> caller OR kind = 'business-system'),
      CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
    ) STRICT;
    CREATE INDEX grants_caller ON grants (kind, caller) WHERE withdrawn_at IS NULL;
    CREATE TABLE changes (
      id TEXT PRIMARY KEY,
      plan BLOB NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'done', 'declined', 'returned')),
      proposed_by TEXT NOT NULL, proposed_at INTEGER NOT NULL,
      decided_by TEXT, decided_at INTEGER, done_at INTEGER, conflict TEXT,
      CHECK (state NOT IN ('approved', 'done') OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
    ) STRICT;
    CREATE INDEX changes_open ON changes (state) WHERE state IN ('proposed', 'approved');
    CREATE TABLE access_log (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor_kind TEXT NOT NULL CHECK (actor_kind IN ('staff', 'business-system', 'system')),
      actor TEXT NOT NULL,
      department TEXT,
      operation TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
      code TEXT, affair TEXT, person TEXT, subject TEXT, count INTEGER,
      chain BLOB NOT NULL
    ) STRICT;
    CREATE INDEX access_log_person ON access_log (person, seq) WHERE person IS NOT NULL;
    CREATE INDEX access_log_actor ON access_log (actor, seq);
    CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log
      BEGIN SELECT RAISE(ABORT, 'the access log is not changed'); END;
    CREATE TRIGGER access_log_is_kept BEFORE DELETE ON access_log
      BEGIN SELECT RAISE(ABORT, 'the access log is kept'); END;
  `,
};
