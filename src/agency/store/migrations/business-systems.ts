import type { Step } from './step.ts';

/** Business systems, the tokens they hold, and what else than a person an operation was about. */
export const businessSystems: Step = {
  name: 'business systems and their tokens',
  sql: `
    CREATE TABLE business_systems (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      uses TEXT NOT NULL,
      asks TEXT NOT NULL,
      rate TEXT,
      keys TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'revoked')),
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE access_tokens (
      digest TEXT PRIMARY KEY,
      system TEXT NOT NULL REFERENCES business_systems (id),
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX access_tokens_system ON access_tokens (system);
    CREATE INDEX access_tokens_expiry ON access_tokens (expires_at);
    ALTER TABLE operations ADD COLUMN subject TEXT;
  `,
};
