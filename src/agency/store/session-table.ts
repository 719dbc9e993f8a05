import { flag, integer, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { StaffTx } from '../core/staff/ports.ts';
import type { StoredSession } from '../core/staff/users.ts';

type Sessions = Pick<
  StaffTx,
  'sessions' | 'session' | 'addSession' | 'touchSession' | 'endSession' | 'keepReadySessions'
>;

/** Sessions by the digest of their token: who has the database has no token. */
export function sessionTable({ one, many, write }: Statements): Sessions {
  const add = write('INSERT OR IGNORE INTO sessions VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const touch = write('UPDATE sessions SET used_at = ? WHERE digest = ? AND ended_at IS NULL');
  const forget = write('DELETE FROM sessions WHERE digest = ? AND ready = 0');
  const end = write('UPDATE sessions SET ended_at = ? WHERE digest = ? AND ended_at IS NULL');
  const keepReady = write(
    'DELETE FROM sessions WHERE ready = 1 AND digest NOT IN (SELECT value FROM json_each(?))',
  );
  return {
    sessions: many('SELECT * FROM sessions WHERE ended_at IS NULL ORDER BY began_at', sessionOf),
    session: one('SELECT * FROM sessions WHERE digest = ? AND ended_at IS NULL', sessionOf),
    addSession({ digest, login, person, beganAt, usedAt, ready }) {
      add(digest, login, person, beganAt, usedAt, ready ? 1 : 0);
    },
    touchSession(digest, usedAt) {
      touch(usedAt, digest);
    },
    endSession: (digest, at) => forget(digest) === 1 || end(at, digest) === 1,
    keepReadySessions(digests) {
      keepReady(JSON.stringify(digests));
    },
  };
}

const sessionOf = (row: Row): StoredSession => ({
  digest: text(row, 'digest'),
  login: text(row, 'login'),
  person: text(row, 'person'),
  beganAt: integer(row, 'began_at'),
  usedAt: integer(row, 'used_at'),
  ready: flag(row, 'ready'),
});
