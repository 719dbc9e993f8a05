export const ties = {
  name: 'ties',
  sql: `CREATE TABLE ties (
      integrated TEXT PRIMARY KEY, individual TEXT NOT NULL UNIQUE
    ) STRICT, WITHOUT ROWID;`,
};
