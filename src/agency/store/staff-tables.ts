import { RenkeiError } from '../../protocol/errors.ts';
import { bytes, flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { StaffTx } from '../core/staff/ports.ts';
import type { Affairs } from '../core/staff/roles.ts';
import type { User } from '../core/staff/users.ts';
import type { sessionTable } from './session-table.ts';

type Staff = Omit<StaffTx, keyof ReturnType<typeof sessionTable>>;

/** Users, their second factors and earlier passwords, and departments. */
export function staffTables({ one, many, write }: Statements): Staff {
  const user = one('SELECT * FROM staff WHERE login = ?', userOf);
  const add = write(
    `INSERT INTO staff (shared, department, roles, affairs, valid_from, valid_until, disabled, password,
       password_set_at, password_initial, failures, locked_until, last_log_in_at, login, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = write(
    `UPDATE staff SET shared = ?, department = ?, roles = ?, affairs = ?, valid_from = ?, valid_until = ?,
       disabled = ?, password = ?, password_set_at = ?, password_initial = ?, failures = ?, locked_until = ?,
       last_log_in_at = ? WHERE login = ?`,
  );
  const putFactor = write('INSERT OR REPLACE INTO staff_factors VALUES (?, ?, ?, ?)');
  const dropFactor = write('DELETE FROM staff_factors WHERE login = ? AND person = ?');
  const addEarlier = write('INSERT INTO staff_passwords (login, password, at) VALUES (?, ?, ?)');
  const trimEarlier = write(
    `DELETE FROM staff_passwords WHERE login = ?1 AND seq NOT IN
       (SELECT seq FROM staff_passwords WHERE login = ?1 ORDER BY seq DESC LIMIT ?2)`,
  );
  const putDepartment = write(
    `INSERT INTO departments VALUES (?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, affairs = excluded.affairs`,
  );
  return {
    user,
    users: many('SELECT * FROM staff ORDER BY login', userOf),
    addUser(it) {
      if (user(it.login)) throw new RenkeiError('state_conflict');
      add(...columnsOf(it), it.login, it.createdAt);
    },
    changeUser(login, to) {
      const found = user(login);
      if (!found) throw new RenkeiError('not_found');
      change(...columnsOf({ ...found, ...to }), login);
    },
    factors: many('SELECT * FROM staff_factors WHERE login = ? ORDER BY person', (row) => ({
      login: text(row, 'login'),
      person: text(row, 'person'),
      secret: bytes(row, 'secret'),
      step: integer(row, 'step'),
    })),
    putFactor({ login, person, secret, step }) {
      putFactor(login, person, secret, step);
    },
    dropFactor(login, person) {
      dropFactor(login, person);
    },
    earlierPasswords: many(
      'SELECT password FROM staff_passwords WHERE login = ? ORDER BY seq DESC',
      (row) => text(row, 'password'),
    ),
    addEarlierPassword(login, password, at, keep) {
      addEarlier(login, password, at);
      trimEarlier(login, keep);
    },
    department: one('SELECT * FROM departments WHERE code = ?', departmentOf),
    departments: many('SELECT * FROM departments ORDER BY code', departmentOf),
    putDepartment({ code, name, affairs }) {
      putDepartment(code, name, affairsColumn(affairs));
    },
  };
}

const affairsColumn = (affairs: Affairs) => (affairs === 'all' ? null : JSON.stringify(affairs));

const affairsOf = (row: Row): Affairs => {
  const kept = nullable(row, 'affairs', text);
  return kept === undefined ? 'all' : JSON.parse(kept);
};

const departmentOf = (row: Row) => ({
  code: text(row, 'code'),
  name: text(row, 'name'),
  affairs: affairsOf(row),
});

const columnsOf = (it: User) => [
  it.shared ? 1 : 0,
  it.department,
  JSON.stringify(it.roles),
  affairsColumn(it.affairs),
  it.validFrom,
  it.validUntil,
  it.disabled ? 1 : 0,
  it.password,
  it.passwordSetAt,
  it.passwordInitial ? 1 : 0,
  it.failures,
  it.lockedUntil,
  it.lastLogInAt ?? null,
];

function userOf(row: Row): User {
  return {
    login: text(row, 'login'),
    shared: flag(row, 'shared'),
    department: text(row, 'department'),
    roles: JSON.parse(text(row, 'roles')),
    affairs: affairsOf(row),
    validFrom: text(row, 'valid_from'),
    validUntil: text(row, 'valid_until'),
    disabled: flag(row, 'disabled'),
    password: text(row, 'password'),
    passwordSetAt: integer(row, 'password_set_at'),
    passwordInitial: flag(row, 'password_initial'),
    failures: integer(row, 'failures'),
    lockedUntil: integer(row, 'locked_until'),
    createdAt: integer(row, 'created_at'),
    lastLogInAt: nullable(row, 'last_log_in_at', integer),
  };
}
