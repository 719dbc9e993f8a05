/**
 * Lines whose time is over are deleted from the beginning of the access log (番号法施行令29条). Up to which, and the
 * digest by which the next one is tied to the last that went, stays, sealed by the log’s own key.
 */
export const retention = {
  name: 'retention of the access log',
  sql: `
    CREATE TABLE access_log_pruned (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      up_to INTEGER NOT NULL, chain BLOB NOT NULL, seal BLOB NOT NULL
    ) STRICT;
    DROP TRIGGER access_log_is_kept;
    CREATE TRIGGER access_log_is_kept BEFORE DELETE ON access_log
      WHEN OLD.seq > coalesce((SELECT up_to FROM access_log_pruned), 0)
      BEGIN SELECT RAISE(ABORT, 'the access log is kept'); END;
  `,
};
