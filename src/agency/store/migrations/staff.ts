import type { Step } from './step.ts';

/** Users, their second factors, departments, sessions; and what the operation log tells of them. */
export const staff: Step = {
  name: 'staff, departments, sessions',
  sql: `
    CREATE TABLE departments (
      code TEXT PRIMARY KEY, name TEXT NOT NULL, affairs TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staff (
      login TEXT PRIMARY KEY,
      shared INTEGER NOT NULL,
      department TEXT NOT NULL REFERENCES departments (code),
      roles TEXT NOT NULL,
      affairs TEXT,
      valid_from TEXT NOT NULL, valid_until TEXT NOT NULL,
      disabled INTEGER NOT NULL,
      password TEXT NOT NULL, password_set_at INTEGER NOT NULL, password_initial INTEGER NOT NULL,
      failures INTEGER NOT NULL, locked_until INTEGER NOT NULL,
      created_at INTEGER NOT NULL, last_log_in_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staff_factors (
      login TEXT NOT NULL REFERENCES staff (login), person TEXT NOT NULL,
      secret BLOB NOT NULL, step INTEGER NOT NULL,
      PRIMARY KEY (login, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staff_passwords (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      login TEXT NOT NULL REFERENCES staff (login), password TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX staff_passwords_login ON staff_passwords (login);
    CREATE TABLE sessions (
      digest TEXT PRIMARY KEY,
      login TEXT NOT NULL REFERENCES staff (login), person TEXT NOT NULL,
      began_at INTEGER NOT NULL, used_at INTEGER NOT NULL,
      ready INTEGER NOT NULL, ended_at INTEGER
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE operations ADD COLUMN account TEXT;
    ALTER TABLE operations ADD COLUMN reason TEXT;
    CREATE INDEX operations_at ON operations (at);
  `,
};
