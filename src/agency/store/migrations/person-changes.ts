import type { Step } from './step.ts';

/** Merges and splits of persons, and the numbers that stand for others since. */
export const personChanges: Step = {
  name: 'merged and split persons',
  sql: `
    CREATE TABLE person_changes (
      id TEXT PRIMARY KEY, request TEXT NOT NULL, result TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE merged_numbers (
      number TEXT PRIMARY KEY, stands_for TEXT NOT NULL, CHECK (number <> stands_for)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX merged_numbers_other ON merged_numbers (stands_for);
    CREATE INDEX reviews_person ON reviews (person);
    CREATE INDEX inquiries_person ON inquiries (ask ->> '$.integratedAddressNumber');
  `,
};
