import { malformed } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyReads, AgencyTx } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { checkEntry } from './check-entry.ts';
import { type IssuedFactor, issueFactor, issuePassword } from './issue.ts';
import { done } from './operations.ts';
import type { Department, User, UserChange, UserEntry, UserEntryChange } from './users.ts';

/** What is handed to whoever is to use an id: told once, and kept only as hash and sealed. */
export interface Issued {
  readonly user: User;
  readonly initialPassword?: string | undefined;
  readonly factors: readonly IssuedFactor[];
}

/** Makes a user, with a password to be changed and one-time codes. @throws RenkeiError state_conflict */
export async function addUser(
  node: AgencyNode,
  by: StaffMember,
  login: string,
  entry: UserEntry,
): Promise<Issued> {
  const { persons, ...rest } = entry;
  const password = await issuePassword(node);
  const factors = (persons ?? [login]).map((person) => issueFactor(node, login, person));
  const now = node.clock.now();
  const user: User = {
    ...rest,
    ...{ login, shared: persons !== undefined, disabled: false, failures: 0, lockedUntil: 0 },
    ...{ password: password.hash, passwordSetAt: now, passwordInitial: true, createdAt: now },
  };
  await node.store.transact((tx) => {
    checkEntry(node, tx, login, entry);
    if (tx.user(login)) {
      throw new RenkeiError('state_conflict', {
        ja: 'この利用者 ID は既にあります',
        en: 'There is such a user already',
      });
    }
    tx.addUser(user);
    for (const { factor } of factors) tx.putFactor(factor);
    tx.note(done(node, by, 'staff.change', { subject: login }));
  });
  return { user, initialPassword: password.text, factors: factors.map(({ issued }) => issued) };
}

/**
 * Changes what somebody may do. Whatever it was before ends at once: their sessions are over when this resolves
 * (R-309).
 * @returns codes for persons who are new to a shared id
 */
export async function changeUser(
  node: AgencyNode,
  by: StaffMember,
  login: string,
  change: UserEntryChange,
): Promise<Issued> {
  const { persons, ...told } = change;
  const rest: UserChange = Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== undefined),
  );
  const factors = (persons ?? []).map((person) => issueFactor(node, login, person));
  const fresh = await alter(node, by, login, (tx, user) => {
    const before = tx.factors(login).map(({ person }) => person);
    const entry = { ...user, ...rest, ...(user.shared && { persons: persons ?? before }) };
    if (persons && !user.shared) throw notShared();
    checkEntry(node, tx, login, entry);
    const added = factors.filter(({ factor }) => !before.includes(factor.person));
    for (const { factor } of added) tx.putFactor(factor);
    for (const person of persons ? before : []) {
      if (!persons?.includes(person)) tx.dropFactor(login, person);
    }
    tx.changeUser(login, rest);
    return added.map(({ issued }) => issued);
  });
  return { user: found(node.store.read, login), factors: fresh };
}

/** Withdraws an id at once, or gives it back. */
export const disableUser = (node: AgencyNode, by: StaffMember, login: string, disabled: boolean) =>
  changed(node, by, login, { disabled, failures: 0, lockedUntil: 0 });

/** Lets somebody try again who was locked out. */
export const unlockUser = (node: AgencyNode, by: StaffMember, login: string) =>
  changed(node, by, login, { failures: 0, lockedUntil: 0 });

/** Gives out a password in place of a forgotten one. */
export async function resetPassword(
  node: AgencyNode,
  by: StaffMember,
  login: string,
): Promise<Issued> {
  const password = await issuePassword(node);
  const keep = node.settings.staff.password.history;
  await alter(node, by, login, (tx, user) => {
    const at = node.clock.now();
    if (!user.passwordInitial) tx.addEarlierPassword(login, user.password, at, keep);
    const fresh = { password: password.hash, passwordSetAt: at, passwordInitial: true };
    tx.changeUser(login, { ...fresh, failures: 0, lockedUntil: 0 });
  });
  return { user: found(node.store.read, login), initialPassword: password.text, factors: [] };
}

/** Gives out a new secret for one-time codes: of one person at a shared id, or of all. */
export async function resetFactor(
  node: AgencyNode,
  by: StaffMember,
  login: string,
  person?: string,
): Promise<Issued> {
  const persons = node.store.read.factors(login).map((each) => each.person);
  if (person !== undefined && !persons.includes(person)) throw new RenkeiError('not_found');
  const factors = (person === undefined ? persons : [person]).map((each) =>
    issueFactor(node, login, each),
  );
  await alter(node, by, login, (tx) => {
    for (const { factor } of factors) tx.putFactor(factor);
  });
  const issued = factors.map((each) => each.issued);
  return { user: found(node.store.read, login), factors: issued };
}

/** Makes a department or changes it: what its people may do changes at once. */
export async function putDepartment(
  node: AgencyNode,
  by: StaffMember,
  department: Department,
): Promise<void> {
  const { store, sessions } = node;
  const ended = await store.transact((tx) => {
    const before = tx.department(department.code);
    const people = tx.users().filter((user) => user.department === department.code);
    tx.putDepartment(department);
    tx.note(done(node, by, 'staff.change', { subject: department.code }));
    const same = JSON.stringify(before?.affairs) === JSON.stringify(department.affairs);
    return same
      ? []
      : sessions.end(
          tx,
          people.map(({ login }) => login),
          'withdrawn',
        );
  });
  sessions.forget(ended);
}

async function changed(
  node: AgencyNode,
  by: StaffMember,
  login: string,
  change: UserChange,
): Promise<Issued> {
  await alter(node, by, login, (tx) => tx.changeUser(login, change));
  return { user: found(node.store.read, login), factors: [] };
}

/** One change of one user, with its line in the operation log and the end of their sessions. */
async function alter<Result>(
  node: AgencyNode,
  by: StaffMember,
  login: string,
  change: (tx: AgencyTx, user: User) => Result,
): Promise<Result> {
  if (login === by.id || login === by.account) {
    throw new RenkeiError('not_authorised', {
      ja: '自分の権限は別の管理者が変更します',
      en: 'Another administrator changes one’s own authority',
    });
  }
  const { store, sessions } = node;
  const { result, ended } = await store.transact((tx) => {
    const result = change(tx, found(tx, login));
    tx.note(done(node, by, 'staff.change', { subject: login }));
    return { result, ended: sessions.end(tx, [login], 'withdrawn') };
  });
  sessions.forget(ended);
  return result;
}

/** @throws RenkeiError not_found */
export function found(read: Pick<AgencyReads, 'user'>, login: string): User {
  const user = read.user(login);
  if (!user) throw new RenkeiError('not_found');
  return user;
}

const notShared = () =>
  malformed('共用の ID ではありません', 'This id is one person’s own, not a shared one');
