import { LOG_SQL } from '../../service/sqlite/log-store.ts';
import type { Migration } from '../../service/sqlite/migrate.ts';
import { RETENTION_SQL } from '../../service/sqlite/retention-table.ts';

/** Times ending in `_at` are seconds, `_until` milliseconds, since the epoch. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'exchanges, codes, records',
    sql: `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE claimed (
        issuer TEXT NOT NULL, id TEXT NOT NULL, keep_until INTEGER NOT NULL,
        PRIMARY KEY (issuer, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX claimed_until ON claimed (keep_until);
      CREATE TABLE codes (
        agency TEXT NOT NULL, code TEXT NOT NULL, person TEXT NOT NULL,
        PRIMARY KEY (agency, code), UNIQUE (person, agency)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE exchanges (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('permitted', 'asking', 'pending', 'answered')),
        permit_digest TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL,
        one_time_key TEXT NOT NULL,
        person TEXT NOT NULL,
        requested_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        answer_digest TEXT,
        asked INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX exchanges_asking ON exchanges (state) WHERE state = 'asking';
      CREATE TABLE kept_answers (
        inquirer TEXT NOT NULL, exchange TEXT NOT NULL, answer TEXT NOT NULL, sealed TEXT,
        keep_until INTEGER NOT NULL,
        PRIMARY KEY (inquirer, exchange)
      ) STRICT;
      CREATE INDEX kept_until ON kept_answers (keep_until);
      CREATE TABLE records (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, exchange TEXT, record TEXT NOT NULL
      ) STRICT;
      CREATE INDEX records_exchange ON records (exchange);
    `,
  },
  {
    version: 2,
    name: 'records become a log',
    // `person`, of the records that begin an exchange, is the gateway’s own digest; in the record it is blinded.
    sql: `${LOG_SQL}
      CREATE INDEX records_person ON records (person) WHERE person IS NOT NULL;
    `,
  },
  { version: 3, name: 'legal holds and pruning', sql: RETENTION_SQL },
  {
    version: 4,
    name: 'corrections',
    sql: `
      CREATE TABLE corrections_untold (
        digest TEXT NOT NULL UNIQUE, exchange TEXT NOT NULL, agency TEXT NOT NULL, correction TEXT NOT NULL
      ) STRICT;
      CREATE TABLE correction_requests (
        id TEXT NOT NULL UNIQUE, exchange TEXT NOT NULL, agency TEXT NOT NULL, corrects TEXT NOT NULL,
        facts TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('sent', 'waiting', 'corrected', 'declined')),
        asked_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX correction_requests_exchange ON correction_requests (exchange);
    `,
  },
];
