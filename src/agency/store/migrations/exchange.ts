import type { Step } from './step.ts';

/** Persons, inquiries, copies, provisions, reviews, records: what an exchange needs. */
export const exchange: Step = {
  name: 'persons, inquiries, copies, provisions, reviews, records',
  sql: `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE documents (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
      CREATE TABLE claimed (
        issuer TEXT NOT NULL, id TEXT NOT NULL, keep_until INTEGER NOT NULL,
        PRIMARY KEY (issuer, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX claimed_until ON claimed (keep_until);
      CREATE TABLE persons (person TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;
      CREATE TABLE acquisitions (
        acquisition TEXT PRIMARY KEY, person TEXT NOT NULL, keep_until INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE inquiries (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        ask TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        exchange TEXT UNIQUE,
        subject TEXT,
        permit TEXT,
        requested_at INTEGER,
        permit_expires_at INTEGER,
        secret BLOB,
        code TEXT,
        denial TEXT,
        reason TEXT,
        answered_at INTEGER,
        answer_digest TEXT,
        result TEXT,
        delete_at INTEGER
      ) STRICT;
      CREATE INDEX inquiries_open ON inquiries (state)
        WHERE state IN ('asking', 'permitted', 'pending', 'open');
      CREATE INDEX inquiries_delete ON inquiries (delete_at) WHERE result IS NOT NULL;
      CREATE TABLE copies (
        person TEXT NOT NULL, information TEXT NOT NULL, layout_version TEXT NOT NULL,
        dated_by TEXT, records TEXT NOT NULL, auto_response_disabled INTEGER NOT NULL, non_disclosable INTEGER NOT NULL,
        PRIMARY KEY (person, information)
      ) STRICT;
      CREATE TABLE provisions (
        exchange TEXT PRIMARY KEY, subject TEXT NOT NULL, person TEXT NOT NULL,
        one_time_key TEXT NOT NULL, permitted_at INTEGER NOT NULL,
        answer TEXT NOT NULL, sealed TEXT
      ) STRICT;
      CREATE INDEX provisions_sealed ON provisions (permitted_at) WHERE sealed IS NOT NULL;
      CREATE TABLE reviews (
        exchange TEXT PRIMARY KEY, person TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'reviewed', 'approved', 'declined')),
        restricted INTEGER NOT NULL, created_at INTEGER NOT NULL,
        reviewer TEXT, seen TEXT, approver TEXT, decided_at INTEGER,
        CHECK (approver IS NULL OR (reviewer IS NOT NULL AND approver <> reviewer))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE outgoing (
        exchange TEXT PRIMARY KEY, answer TEXT NOT NULL, sealed TEXT
      ) STRICT;
      CREATE TABLE records (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, exchange TEXT, record TEXT NOT NULL
      ) STRICT;
      CREATE INDEX records_exchange ON records (exchange);
    `,
};
