import type { Step } from './step.ts';

/** The operation log: who did what, when and on whom; kept apart from the records of provision. */
export const operations: Step = {
  name: 'operation log',
  sql: `
    CREATE TABLE operations (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor_kind TEXT NOT NULL CHECK (actor_kind IN ('staff', 'business-system', 'system')),
      actor TEXT NOT NULL,
      operation TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
      code TEXT,
      person TEXT,
      affair TEXT,
      information TEXT,
      exchange TEXT,
      count INTEGER
    ) STRICT;
    CREATE INDEX operations_actor ON operations (actor, at);
    CREATE INDEX operations_person ON operations (person, at) WHERE person IS NOT NULL;
  `,
};
