import type { Step } from './step.ts';

/** The keys that a node made for itself. At most one signs, and at most one is being announced. */
export const signingKeys: Step = {
  name: 'signing keys',
  sql: `
    CREATE TABLE signing_keys (
      kid TEXT PRIMARY KEY,
      x TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('announced', 'current', 'retiring', 'retired', 'revoked')),
      seed BLOB,
      made_at INTEGER,
      since INTEGER,
      retires_at INTEGER,
      old TEXT CHECK (old IN ('retire', 'revoke')),
      CHECK (state NOT IN ('announced', 'current') OR seed IS NOT NULL),
      CHECK (state NOT IN ('retired', 'revoked') OR seed IS NULL)
    ) STRICT;
    CREATE UNIQUE INDEX signing_keys_one ON signing_keys (state) WHERE state IN ('announced', 'current');
  `,
};
