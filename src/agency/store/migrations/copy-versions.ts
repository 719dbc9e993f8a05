import type { Step } from './step.ts';

/**
 * Copies get versions: `published` and `ended` are days in Japan. Kind of information comes first in the
 * key: one kind is imported, exported and reconciled at a time, person after person.
 */
export const copyVersions: Step = {
  name: 'versions of copies',
  sql: `
    ALTER TABLE copies RENAME TO copies_before;
    CREATE TABLE copies (
      information TEXT NOT NULL, person TEXT NOT NULL, published TEXT NOT NULL, ended TEXT,
      layout_version TEXT NOT NULL, dated_by TEXT, records TEXT NOT NULL,
      auto_response_disabled INTEGER NOT NULL, non_disclosable INTEGER NOT NULL,
      PRIMARY KEY (information, person, published),
      CHECK (length(published) = 10 AND (ended IS NULL OR (length(ended) = 10 AND ended >= published)))
    ) STRICT;
    INSERT INTO copies
      SELECT information, person, '0001-01-01', NULL, layout_version, dated_by, records,
        auto_response_disabled, non_disclosable
      FROM copies_before;
    DROP TABLE copies_before;
  `,
};
